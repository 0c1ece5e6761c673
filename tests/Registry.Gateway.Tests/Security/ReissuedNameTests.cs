using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>
/// A name that another has had gives nothing of the other's away, even in a journal whose keys were issued before names were refused to
/// others: here a keyring says whatever it is told to.
/// </summary>
public sealed class ReissuedNameTests : IAsyncLifetime
{
    private readonly Keyring _keyring = new();
    private readonly RegistryServer _server;

    public ReissuedNameTests() => _server = RegistryServer.With(services => services.Replace(ServiceDescriptor.Singleton<IKeyring>(_keyring)));

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Another_party_under_the_same_name_sees_and_repeats_nothing()
    {
        var (a, b) = (await Party(), await Party());
        var (ofA, ofB) = (As(a), As(b));
        var file = ImportClient.Collection(ImportClient.FreshBlock());
        var body = Bodies.Application(Bodies.FreshCells(1));
        var import = await ofA.Import(file, key: "k1");
        await ofA.Ended(import);
        Assert.Equal(201, (await ofA.Post("/license-blocks", body, idempotencyKey: "x1")).Status);

        (await ofB.Get(import.Headers["Location"])).IsProblem(404, "not-found");
        (await ofB.Get($"{import.Headers["Location"]}/events")).IsProblem(404, "not-found");
        (await ofB.Post("/license-blocks", body, idempotencyKey: "x1")).IsProblem(409, "ground-taken");
        var own = await ofB.Import(file, key: "k1");
        Assert.Equal(202, own.Status);
        Assert.False(own.Headers.ContainsKey("Idempotency-Replayed"));
        Assert.NotEqual(import.Headers["Location"], own.Headers["Location"]);
    }

    [Fact]
    public async Task Another_role_under_the_same_name_repeats_nothing()
    {
        var party = await Party();
        var body = $$"""{"kind":"exploration","cells":["{{Bodies.FreshCells(1)[0]}}"],"commodities":["gold"],"holder":"{{party}}"}""";
        var registrar = As(null);
        Assert.Equal(201, (await registrar.Post("/license-blocks", body, idempotencyKey: "x2")).Status);

        (await As(party).Post("/license-blocks", body, idempotencyKey: "x2")).IsProblem(409, "ground-taken");
    }

    [Fact]
    public async Task A_party_that_changes_its_key_keeps_what_it_began()
    {
        var party = await Party();
        var before = _server.As(_keyring.Issue(new Caller("first-key", Role.Applicant, party)));
        var after = _server.As(_keyring.Issue(new Caller("second-key", Role.Applicant, party)));
        var body = Bodies.Application(Bodies.FreshCells(1));
        var application = await before.Post("/license-blocks", body, idempotencyKey: "x3");
        var import = await before.Import(ImportClient.Collection(ImportClient.FreshBlock()), key: "k3");
        await before.Ended(import);

        var again = await after.Post("/license-blocks", body, idempotencyKey: "x3");

        Assert.Equal((201, application.Text, "true"), (again.Status, again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Equal(200, (await after.Get(import.Headers["Location"])).Status);
    }

    [Fact]
    public async Task Two_registrars_may_choose_the_same_idempotency_key()
    {
        var one = _server.As(_keyring.Issue(new Caller("one", Role.Registrar)));
        var two = _server.As(_keyring.Issue(new Caller("two", Role.Registrar)));
        const string body = """{"name":"Same","kind":"company","country":"KZ"}""";

        Assert.NotEqual((await one.Post("/parties", body, idempotencyKey: "x4")).Id, (await two.Post("/parties", body, idempotencyKey: "x4")).Id);
    }

    private RegistryClient As(string? party) =>
        _server.As(_keyring.Issue(new Caller("survey", party is null ? Role.Registrar : Role.Applicant, party)));

    private async Task<string> Party() =>
        (await _server.Registrar().Post("/parties", """{"name":"Somebody","kind":"company","country":"KZ"}""")).Id;

    private sealed class Keyring : IKeyring
    {
        private readonly Dictionary<string, Caller> _callers = [];

        public string Issue(Caller caller)
        {
            var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            lock (_callers)
                _callers.Add(Convert.ToHexString(KeyDigest.Of(key)), caller);
            return key;
        }

        public Task<Caller?> Find(byte[] digest)
        {
            lock (_callers)
                return Task.FromResult(_callers.GetValueOrDefault(Convert.ToHexString(digest)));
        }

        public Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at) => throw new NotSupportedException();

        public Task<bool> Revoke(string name, DateTimeOffset at) => throw new NotSupportedException();

        public Task<IReadOnlyList<IssuedKey>> All() => throw new NotSupportedException();
    }
}
