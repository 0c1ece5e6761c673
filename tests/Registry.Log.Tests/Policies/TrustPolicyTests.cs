using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tests.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Policies;

public sealed class TrustPolicyTests
{
    private static readonly SigningKey[] Keys =
        [Witness(1), Witness(2), Witness(3, SignatureKind.MlDsa44Cosignature), Witness(4), Witness(5)];

    private static readonly string Head = $"# Who is trusted\n\nlog {LogKey.Verifier} https://registry.example/log\n"
        + $"witness X1 {Keys[0].Verifier}\n \twitness\tX2  {Keys[1].Verifier} http://w2.example/a\nwitness X3 {Keys[2].Verifier}\n"
        + $"witness Y1 {Keys[3].Verifier}\nwitness Ў2 {Keys[4].Verifier}\n"
        + "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Ў2\ngroup X-and-Y all X-witnesses Y-witnesses\n";

    [Theory]
    [InlineData("quorum none", "", true)]
    [InlineData("quorum X1", "0", true)]
    [InlineData("quorum X1", "1234", false)]
    [InlineData("quorum X-witnesses", "02", true)]
    [InlineData("quorum X-witnesses", "034", false)]
    [InlineData("quorum X-and-Y", "013", true)]
    [InlineData("quorum X-and-Y", "124", true)]
    [InlineData("quorum X-and-Y", "012", false)]
    [InlineData("quorum X-and-Y", "034", false)]
    public void A_quorum_is_met_or_not(string quorum, string cosigners, bool isMet)
    {
        var policy = TrustPolicy.Parse(Utf8($"{Head}{quorum}\n"));
        var checkpoint = Sign(MemoryLog.Of(9), [.. cosigners.Select(digit => Keys[digit - '0'])]);
        if (!isMet)
        {
            Assert.StartsWith("Too few witnesses saw the checkpoint: ",
                Assert.Throws<NotProvenException>(() => policy.Judge(checkpoint, Now)).Message, StringComparison.Ordinal);
            return;
        }

        var judgement = policy.Judge(checkpoint, Now);
        Assert.Equal(LogKey.Verifier, judgement.Signer);
        Assert.Equal(cosigners.Length, judgement.Cosigners.Count);
        Assert.Equal(quorum != "quorum none", judgement.IsWitnessed);
    }

    [Fact]
    public void Addresses_are_kept_for_who_asks_the_witnesses()
    {
        var policy = TrustPolicy.Parse(Utf8($"{Head}quorum none\n"));
        Assert.Equal("http://w2.example/a", policy.Witnesses[1].Url?.ToString());
        Assert.Equal(new Uri("https://registry.example/log"), Assert.Single(policy.Logs).Url);
    }

    [Theory]
    [InlineData("", "The policy has no line 'quorum'.")]
    [InlineData("quorum none\nquorum none\n", "there is a line 'quorum' already.")]
    [InlineData("quorum Z\n", "no line before it defines 'Z'.")]
    [InlineData("group none any X-and-Y\n", "the name 'none' is taken.")]
    [InlineData("group X1 any X-and-Y\n", "the name 'X1' is taken.")]
    [InlineData("group G any none\n", "no line before it defines 'none'.")]
    [InlineData("group G any G\n", "no line before it defines 'G'.")]
    [InlineData("group G any X1\n", "'X1' is a member of a group already.")]
    [InlineData("group G 0 X-and-Y\n", "asks for all, any, or 1 to 1 of them, not '0'.")]
    [InlineData("group G 2 X-and-Y\n", "asks for all, any, or 1 to 1 of them, not '2'.")]
    [InlineData("group G 01 X-and-Y\n", "not '01'.")]
    [InlineData("group G any\n", "it is no line of a policy: 'group G any'.")]
    [InlineData("witness Z abc\n", "A public key is written name+id+base64")]
    [InlineData("peer Z\n", "it is no line of a policy: 'peer Z'.")]
    [InlineData("quorum none\r\n", "it has control characters.")]
    [InlineData("quorum none", "does not end with a newline")]
    public void A_policy_with_a_fault_is_refused_with_its_line(string tail, string word)
    {
        var fault = Assert.Throws<FormatException>(() => TrustPolicy.Parse(Utf8(Head + tail)));
        Assert.Contains(word, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_stands_in_a_policy_once_and_where_its_kind_belongs()
    {
        Refused($"log {LogKey.Verifier}\nlog {LogKey.Verifier}\n", "is there twice");
        Refused($"witness A {Keys[0].Verifier}\nwitness B {Keys[0].Verifier}\n", "is there twice");
        Refused($"witness A {LogKey.Verifier}\n", "of the kind Ed25519, which does not belong here");
        Refused($"log {Keys[0].Verifier}\n", "of the kind Ed25519Cosignature, which does not belong here");
        Refused($"log {LogKey.Verifier} ftp://registry.example\n", "no address");
    }

    [Fact]
    public void A_policy_is_bounded()
    {
        Refused(new string('#', 2_000_000), "at most 1048576 are read");
        Refused(string.Concat(Enumerable.Range(0, 257).Select(i => $"log {SigningKey.Generate("a" + i, SignatureKind.Ed25519).Verifier}\n")), "more than 256 logs");
    }

    private static void Refused(string policy, string word) =>
        Assert.Contains(word, Assert.Throws<FormatException>(() => TrustPolicy.Parse(Utf8(policy))).Message, StringComparison.Ordinal);
}
