using Registry.Log.Notes;
using Registry.Log.Tests.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Notes;

public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    [Fact]
    public void A_checkpoint_is_three_lines()
    {
        const string Text = "example.com/behind-the-sofa\n20852163\n" + Root + "\n";
        Assert.True(Checkpoint.TryParse(Text, out var checkpoint));
        Assert.Equal(("example.com/behind-the-sofa", 20852163), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Text, checkpoint.ToText());
        Assert.True(Checkpoint.TryParse(Text + "more\nlines\n", out var extended));
        Assert.Equal(Text + "more\nlines\n", extended.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("o\n1\n")]
    [InlineData("o\n1\n" + Root)]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("o\n01\n" + Root + "\n")]
    [InlineData("o\n-1\n" + Root + "\n")]
    [InlineData("o\n+1\n" + Root + "\n")]
    [InlineData("o\n 1\n" + Root + "\n")]
    [InlineData("o\n1e3\n" + Root + "\n")]
    [InlineData("o\n9223372036854775808\n" + Root + "\n")]
    [InlineData("o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("o\n1\nCsUY\n")]
    [InlineData("o\n1\n" + Root + "\n\n")]
    [InlineData("o\n1\n" + Root + "\nmore\n\nlines\n")]
    [InlineData("o\n1\n" + Root + "\nmore")]
    public void Any_other_text_is_no_checkpoint(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void The_key_that_signed_is_found_also_during_a_rotation()
    {
        var next = SigningKey.Generate(Origin, SignatureKind.Ed25519);
        var log = MemoryLog.Of(5);
        var both = SignedCheckpoint.Sign(new Checkpoint(Origin, 5, log.Frontier.Root), [LogKey, next], Now);
        Assert.Equal(LogKey.Verifier, both.SignerAmong([LogKey.Verifier]));
        Assert.Equal(next.Verifier, both.SignerAmong([next.Verifier]));
        Assert.Equal(LogKey.Verifier, both.SignerAmong([LogKey.Verifier, next.Verifier]));
    }

    [Fact]
    public void Another_log_another_key_and_a_changed_text_each_have_their_word()
    {
        var signed = Sign(MemoryLog.Of(5));
        var other = SigningKey.Generate("other.example", SignatureKind.Ed25519).Verifier;
        Assert.Equal(
            $"The checkpoint is of another log: its origin is '{Origin}', not other.example.",
            Assert.Throws<NotProvenException>(() => signed.SignerAmong([other])).Message);
        var another = SigningKey.Generate(Origin, SignatureKind.Ed25519).Verifier;
        Assert.StartsWith(
            "The checkpoint bears no signature of the log's key",
            Assert.Throws<NotProvenException>(() => signed.SignerAmong([another])).Message, StringComparison.Ordinal);
        var changed = SignedCheckpoint.Parse(Utf8(signed.Note.ToString().Replace("\n5\n", "\n6\n", StringComparison.Ordinal)));
        Assert.StartsWith(
            $"The checkpoint's signature of {Origin} is not genuine",
            Assert.Throws<NotProvenException>(() => changed.SignerAmong([LogKey.Verifier])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_of_a_known_key_that_is_not_genuine_spoils_the_genuine_one_beside_it()
    {
        var signed = Sign(MemoryLog.Of(5));
        var forged = signed.Note.Signatures[0] with { Bytes = new byte[64] };
        var both = SignedCheckpoint.Parse(Utf8($"{signed.Note}{forged}\n"));
        Assert.Throws<NotProvenException>(() => both.SignerAmong([LogKey.Verifier]));
    }

    [Fact]
    public void A_cosignature_of_the_future_is_refused()
    {
        var witness = Witness(1);
        var signed = SignAt(MemoryLog.Of(5), Now + TimeSpan.FromMinutes(11), witness);
        Assert.Equal(
            "The cosignature of w1.example is of the future, 2026-11-28 09:11:00Z; here it is 2026-11-28 09:00:00Z.",
            Assert.Throws<NotProvenException>(() => signed.CosignaturesBy([witness.Verifier], Now)).Message);
        Assert.Single(signed.CosignaturesBy([witness.Verifier], Now + TimeSpan.FromMinutes(1)));
        Assert.Empty(signed.CosignaturesBy([Witness(2).Verifier], Now));
    }
}
