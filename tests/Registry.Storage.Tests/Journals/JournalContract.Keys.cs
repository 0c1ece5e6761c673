using System.Security.Cryptography;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly Caller Applicant = new("acme", Role.Applicant, "p-acme");

    [ContractFact]
    public async Task A_key_stands_for_its_caller_until_it_is_revoked()
    {
        Assert.True(await Keyring.Issue(Digest("one"), Applicant, Clock.Now));
        Assert.Equal(Applicant, await Keyring.Find(Digest("one")));
        Assert.Null(await Keyring.Find(Digest("two")));

        Assert.True(await Keyring.Revoke("acme", Clock.Now.AddDays(1)));

        Assert.Null(await Keyring.Find(Digest("one")));
        Assert.False(await Keyring.Revoke("acme", Clock.Now.AddDays(2)));
        Assert.False(await Keyring.Revoke("nobody", Clock.Now));
    }

    [ContractFact]
    public async Task A_name_has_one_key_in_force_and_a_key_one_name()
    {
        Assert.True(await Keyring.Issue(Digest("one"), Applicant, Clock.Now));
        Assert.False(await Keyring.Issue(Digest("two"), Applicant with { Role = Role.Operator }, Clock.Now));
        Assert.False(await Keyring.Issue(Digest("one"), new Caller("other", Role.Registrar), Clock.Now));
        Assert.Equal(Applicant, await Keyring.Find(Digest("one")));

        await Keyring.Revoke("acme", Clock.Now);
        Assert.True(await Keyring.Issue(Digest("one"), Applicant, Clock.Now.AddDays(1)));
        Assert.Equal(Applicant, await Keyring.Find(Digest("one")));
    }

    [ContractFact]
    public async Task A_name_never_comes_to_mean_another_role_or_party()
    {
        Assert.True(await Keyring.Issue(Digest("one"), Applicant, Clock.Now));
        Assert.True(await Keyring.Issue(Digest("two"), new Caller("clerk", Role.Registrar), Clock.Now));
        await Keyring.Revoke("acme", Clock.Now);
        await Keyring.Revoke("clerk", Clock.Now);

        Assert.False(await Keyring.Issue(Digest("three"), Applicant with { Party = "p-other" }, Clock.Now));
        Assert.False(await Keyring.Issue(Digest("three"), new Caller("acme", Role.Registrar), Clock.Now));
        Assert.False(await Keyring.Issue(Digest("three"), new Caller("clerk", Role.Operator), Clock.Now));
        Assert.False(await Keyring.Issue(Digest("three"), new Caller("clerk", Role.Applicant, "p-acme"), Clock.Now));
        Assert.Null(await Keyring.Find(Digest("three")));

        Assert.True(await Keyring.Issue(Digest("three"), new Caller("clerk", Role.Registrar), Clock.Now));
    }

    [ContractFact]
    public async Task Every_key_that_was_issued_is_listed_newest_first()
    {
        await Keyring.Issue(Digest("one"), Applicant, Clock.Now);
        await Keyring.Revoke("acme", Clock.Now.AddDays(1));
        await Keyring.Issue(Digest("two"), new Caller("registrar", Role.Registrar), Clock.Now.AddDays(2));

        Assert.Equal(
            [
                new IssuedKey(new Caller("registrar", Role.Registrar), Clock.Now.AddDays(2), null),
                new IssuedKey(Applicant, Clock.Now, Clock.Now.AddDays(1)),
            ],
            await Keyring.All());
    }

    private static byte[] Digest(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}
