using System.Security.Cryptography;
using Registry.Log.Notes;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Notes;
using Registry.Log.Tests.Tree;
using Registry.Log.Tree;
using Registry.Log.Witnesses;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Witnesses;

public sealed class WitnessTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly SigningKey _key = Samples.Witness(1);
    private readonly WitnessAtHand _witness;

    public WitnessTests() => _witness = new WitnessAtHand(_scratch.Root, _key, LogKey.Verifier);

    private static string OriginHash { get; } = Convert.ToHexStringLower(SHA256.HashData(Utf8(Origin)));

    public void Dispose()
    {
        _witness.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_log_that_grows_is_cosigned_and_can_be_monitored()
    {
        var log = MemoryLog.Of(10);
        Assert.Null(_witness.Witness.Latest(OriginHash));
        Cosigned(Ask(0, [], Sign(log)), Sign(log));
        log.Append(MemoryLog.Entry(10), MemoryLog.Entry(11));
        Cosigned(await AskFrom(10, log), Sign(log));
        Cosigned(Ask(12, [], Sign(log)), Sign(log));
        var latest = SignedCheckpoint.Parse(_witness.Witness.Latest(OriginHash));
        Assert.Equal(12, latest.Size);
        Assert.Equal(LogKey.Verifier, latest.SignerAmong([LogKey.Verifier]));
        Assert.Single(latest.CosignaturesBy([_key.Verifier], Now));
        Assert.Null(_witness.Witness.Latest("../" + OriginHash));
    }

    [Fact]
    public void A_tree_without_entries_has_one_root()
    {
        var empty = new MemoryLog();
        var wrong = SignedCheckpoint.Sign(new Checkpoint(Origin, 0, TreeHash.OfLeaf([])), [LogKey], Now);
        Assert.Equal(422, Ask(0, [], wrong).Status);
        Cosigned(Ask(0, [], Sign(empty)), Sign(empty));
    }

    [Fact]
    public async Task A_stale_size_is_answered_with_the_size_it_saw()
    {
        var log = MemoryLog.Of(10);
        Ask(0, [], Sign(log));
        log.Append(MemoryLog.Entry(10));
        foreach (var old in new[] { 0, 9, 11 })
            Assert.Equal(new WitnessAnswer(409, "text/x.tlog.size", "10\n"), await AskFrom(old, log));
        Assert.Equal(409, Ask(0, [], Sign(MemoryLog.Of(5))).Status);
    }

    [Fact]
    public async Task A_fork_is_refused_and_its_proof_is_kept()
    {
        var (log, fork) = (MemoryLog.Of(10), MemoryLog.Of(10, salt: 1));
        Ask(0, [], Sign(log));
        Assert.Equal(422, Ask(10, [], Sign(fork)).Status);
        var kept = File.ReadAllText(Path.Combine(_scratch.Root, OriginHash, "fork"));
        Assert.Contains(log.Frontier.Root.ToString(), kept, StringComparison.Ordinal);
        Assert.Contains(fork.Frontier.Root.ToString(), kept, StringComparison.Ordinal);

        fork.Append(MemoryLog.Entry(10));
        Assert.Equal(422, (await AskFrom(10, fork)).Status);
        Assert.Equal(422, Ask(10, [], Sign(fork)).Status);
        // It goes on with the log that it saw first.
        log.Append(MemoryLog.Entry(10));
        Cosigned(await AskFrom(10, log), Sign(log));
    }

    [Fact]
    public async Task What_it_saw_survives_its_end()
    {
        var log = MemoryLog.Of(10);
        Ask(0, [], Sign(log));
        _witness.Restart();
        Assert.Equal(422, Ask(10, [], Sign(MemoryLog.Of(10, salt: 1))).Status);
        log.Append(MemoryLog.Entry(10));
        Cosigned(await AskFrom(10, log), Sign(log));
    }

    [Fact]
    public void State_that_is_damaged_another_s_or_in_use_is_not_used()
    {
        Ask(0, [], Sign(MemoryLog.Of(10)));
        Assert.Throws<IOException>(() => new Witness(_key, [LogKey.Verifier], _scratch.Root, TimeProvider.System));
        _witness.Witness.Dispose();
        Assert.Throws<NotProvenException>(() => new Witness(Samples.Witness(2), [LogKey.Verifier], _scratch.Root, TimeProvider.System));
        var path = Path.Combine(_scratch.Root, OriginHash, "checkpoint");
        File.WriteAllText(path, File.ReadAllText(path)[..^9]);
        Assert.Throws<FormatException>(() => new Witness(_key, [LogKey.Verifier], _scratch.Root, TimeProvider.System));
        Assert.Throws<ArgumentException>(() => new Witness(LogKey, [LogKey.Verifier], _scratch["other"], TimeProvider.System));
    }

    [Fact]
    public void Who_signed_decides_between_404_and_403()
    {
        var log = MemoryLog.Of(10);
        var stranger = SigningKey.Generate("other.example", SignatureKind.Ed25519);
        var checkpoint = new Checkpoint(Origin, 10, log.Frontier.Root);
        Assert.Equal(404, Ask(0, [], SignedCheckpoint.Sign(checkpoint with { Origin = "other.example" }, [stranger], Now)).Status);
        Assert.Equal(403, Ask(0, [], SignedCheckpoint.Sign(checkpoint, [stranger], Now)).Status);
        var forged = Sign(log).Note.ToString().Replace("\n10\n", "\n11\n", StringComparison.Ordinal);
        Assert.Equal(403, _witness.Witness.Add(Utf8("old 0\n\n" + forged)).Status);
        // Another's signature beside the log's does no harm.
        Cosigned(Ask(0, [], Sign(log, stranger)), Sign(log));
        Assert.DoesNotContain("other.example", System.Text.Encoding.UTF8.GetString(_witness.Witness.Latest(OriginHash)!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 0\n\n")]
    [InlineData("old\n\nNOTE")]
    [InlineData("old 00\n\nNOTE")]
    [InlineData("old -1\n\nNOTE")]
    [InlineData("new 0\n\nNOTE")]
    [InlineData("old 11\n\nNOTE")]
    [InlineData("old 0\nabc\n\nNOTE")]
    [InlineData("old 0\r\n\nNOTE")]
    [InlineData("old 0\n\nNOTEmore")]
    [InlineData("\n\nNOTE")]
    public void A_request_that_is_none_is_a_fault_of_the_caller(string body) => Assert.Equal(
        400, _witness.Witness.Add(Utf8(body.Replace("NOTE", Sign(MemoryLog.Of(10)).Note.ToString(), StringComparison.Ordinal))).Status);

    [Fact]
    public void A_request_is_bounded()
    {
        Assert.Equal(400, _witness.Witness.Add(new byte[10_000_000]).Status);
        var hashes = string.Concat(Enumerable.Repeat(TreeHash.OfEmptyTree + "\n", 64));
        Assert.Equal(400, _witness.Witness.Add(Utf8($"old 0\n{hashes}\n{Sign(MemoryLog.Of(1)).Note}")).Status);
        Assert.Equal(422, Ask(0, [TreeHash.OfEmptyTree], Sign(MemoryLog.Of(1))).Status);
    }

    [Fact]
    public async Task Requests_at_once_never_take_it_back()
    {
        var log = MemoryLog.Of(1);
        Ask(0, [], Sign(log));
        var requests = new List<byte[]>();
        for (var size = 2; size < 40; size++)
        {
            log.Append(MemoryLog.Entry(size - 1));
            requests.Add(new AddCheckpoint(1, await MerkleProof.Consistency(new TreeReader(log, size), 1), Sign(log)).ToBytes());
        }

        var answers = new WitnessAnswer[requests.Count];
        Parallel.For(0, requests.Count, i => answers[i] = _witness.Witness.Add(requests[i]));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 409));
    }

    private void Cosigned(WitnessAnswer answer, SignedCheckpoint checkpoint)
    {
        Assert.Equal(200, answer.Status);
        var signature = Assert.Single(SignedNote.ParseSignatures(answer.Body));
        Assert.True(_key.Verifier.Verifies(checkpoint.Note.Text, signature, out var at));
        Assert.Equal(Now, at);
    }

    private WitnessAnswer Ask(long old, TreeHash[] proof, SignedCheckpoint checkpoint) =>
        _witness.Witness.Add(new AddCheckpoint(old, proof, checkpoint).ToBytes());

    private async Task<WitnessAnswer> AskFrom(long old, MemoryLog log) =>
        Ask(old, await MerkleProof.Consistency(new TreeReader(log, log.Frontier.Size), old), Sign(log));
}
