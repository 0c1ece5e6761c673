using Registry.Log.Policies;
using Registry.Log.Receipts;
using Registry.Log.Tests.Tree;
using Registry.Log.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Receipts;

public sealed class TlogProofTests
{
    private static readonly MemoryLog TestLog = MemoryLog.Of(700);
    private static readonly TrustPolicy Policy = TrustPolicy.OfLogs([LogKey.Verifier]);

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(255)]
    [InlineData(699)]
    public async Task A_proof_is_written_read_and_verified(int index)
    {
        var proof = await Make(index);
        var read = TlogProof.Parse(proof.ToBytes());
        Assert.Equal(proof.ToString(), read.ToString());
        Assert.Equal(TestLog.Entries[index], read.Extra!.Value.ToArray());
        Assert.Equal(LogKey.Verifier, read.Verify(read.Extra!.Value.Span, Policy, Now).Signer);
    }

    [Fact]
    public async Task The_form_is_that_of_the_specification()
    {
        var lines = (await Make(699)).ToString().Split('\n');
        Assert.Equal("c2sp.org/tlog-proof@v1", lines[0]);
        Assert.Equal("extra " + Convert.ToBase64String(TestLog.Entries[699]), lines[1]);
        Assert.Equal("index 699", lines[2]);
        Assert.Equal(Rfc9162.Path(699, [.. TestLog.Entries]).Select(Convert.ToBase64String), lines[3..^7]);
        Assert.Equal(["", Origin, "700", TestLog.Frontier.Root.ToString(), ""], lines[^7..^2]);
    }

    [Fact]
    public async Task Without_the_entry_it_verifies_against_one_from_elsewhere()
    {
        var bare = TlogProof.Parse(((await Make(17)) with { Extra = null }).ToBytes());
        Assert.Null(bare.Extra);
        bare.Verify(TestLog.Entries[17], Policy, Now);
        Assert.Throws<NotProvenException>(() => bare.Verify(TestLog.Entries[18], Policy, Now));
    }

    [Fact]
    public async Task A_proof_with_one_letter_changed_proves_nothing()
    {
        var bytes = (await Make(300)).ToBytes();
        // The bytes of the key's name and of the dash are not what proves.
        for (var at = 0; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            Exception? fault = Record.Exception(() =>
            {
                var read = TlogProof.Parse(changed);
                read.Verify(read.Extra is { } extra ? extra.Span : TestLog.Entries[300], Policy, Now);
            });
            Assert.True(fault is FormatException or NotProvenException, $"byte {at}: {fault}");
        }
    }

    [Fact]
    public async Task A_proof_that_is_cut_anywhere_proves_nothing()
    {
        var bytes = (await Make(300)).ToBytes();
        for (var length = 0; length < bytes.Length; length++)
            Assert.Throws<FormatException>(() => TlogProof.Parse(bytes.AsSpan(0, length)));
    }

    [Fact]
    public async Task Faults_have_a_word_each()
    {
        var proof = await Make(300);
        Malformed(new string('a', 300_000) + "\n", "The proof has 300001 bytes; at most 262144 are read.");
        Malformed("c2sp.org/tlog-proof@v2\nindex 0\n\no\n", "A proof begins with the line c2sp.org/tlog-proof@v1");
        Malformed("c2sp.org/tlog-proof@v1\nindex 00\n\no\n", "The proof has no line 'index'");
        Malformed("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\no\n", "The proof's line 'extra' has no base64.");
        Malformed($"c2sp.org/tlog-proof@v1\nindex 0\n{string.Concat(Enumerable.Repeat(TestLog.Frontier.Root + "\n", 64))}\no\n", "The proof has 64 hashes");
        Malformed("c2sp.org/tlog-proof@v1\nindex 0\nabc\n\no\n", "The proof's hash 1 of 1 is none: 'abc'.");

        var future = proof with { Index = 700 };
        Assert.Equal(
            "The proof is of entry 700, but its checkpoint has only the 700 entries before it.",
            Assert.Throws<NotProvenException>(() => future.Verify(TestLog.Entries[300], Policy, Now)).Message);
        var other = TrustPolicy.OfLogs([Log.Notes.SigningKey.Generate("other.example", Log.Notes.SignatureKind.Ed25519).Verifier]);
        Assert.Contains(
            "is of another log",
            Assert.Throws<NotProvenException>(() => proof.Verify(TestLog.Entries[300], other, Now)).Message, StringComparison.Ordinal);
    }

    private static void Malformed(string proof, string word) =>
        Assert.Contains(word, Assert.Throws<FormatException>(() => TlogProof.Parse(Utf8(proof))).Message, StringComparison.Ordinal);

    private static async Task<TlogProof> Make(int index) =>
        await TlogProof.Make(TestLog.Entries[index], index, new TreeReader(TestLog, 700), Sign(TestLog));
}
