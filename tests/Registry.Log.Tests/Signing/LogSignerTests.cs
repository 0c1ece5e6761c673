using System.Text;
using Registry.Log.Notes;
using Registry.Log.Signing;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Tree;
using Registry.Log.Tests.Witnesses;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Signing;

public sealed class LogSignerTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public LogSignerTests() => SignerState.Create(StatePath, [LogKey], Now);

    private string StatePath => _scratch["signer"];

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_log_that_grows_is_signed_also_after_a_restart()
    {
        var log = MemoryLog.Of(3);
        using (var signer = Open(log))
        {
            var signed = await Sign(signer, log);
            Assert.Equal((Origin, 3, log.Frontier.Root), (signed.Origin, signed.Size, signed.Root));
            Assert.Equal(LogKey.Verifier, signed.SignerAmong([LogKey.Verifier]));
            Assert.Same(signed, await Sign(signer, log));
        }

        log.Append([.. Enumerable.Range(3, 1000).Select(i => MemoryLog.Entry(i))]);
        using (var signer = Open(log))
        {
            Assert.Equal(3, signer.Latest.Size);
            Assert.Equal(1003, (await Sign(signer, log)).Size);
            Assert.Null(signer.Refusal);
        }
    }

    [Fact]
    public async Task An_older_copy_of_the_journal_is_refused()
    {
        await SignAndClose(MemoryLog.Of(300));
        var restored = MemoryLog.Of(290);
        using var signer = Open(restored);
        await Refused(signer, restored, "The journal has 290 entries, but the log has signed 300: the journal is an older copy");
        // It goes on differently, and grows beyond what was signed.
        restored.Append([.. Enumerable.Range(0, 50).Select(i => MemoryLog.Entry(i, salt: 1))]);
        await Refused(signer, restored, "The tree of 340 entries does not begin with the 300 entries that the log has signed");
        Assert.Equal(300, signer.Latest.Size);
    }

    [Fact]
    public async Task An_entry_that_was_changed_is_refused()
    {
        await SignAndClose(MemoryLog.Of(300));
        var changed = new MemoryLog();
        changed.Append([.. Enumerable.Range(0, 300).Select(i => MemoryLog.Entry(i, salt: i == 77 ? 1 : 0))]);
        using var signer = Open(changed);
        await Refused(signer, changed, "The log has signed another root for 300 entries");
        changed.Append(MemoryLog.Entry(300));
        await Refused(signer, changed, "The tree of 301 entries does not begin with the 300 entries");
    }

    [Fact]
    public async Task A_root_that_is_not_that_of_the_tiles_is_refused_from_the_first_one_on()
    {
        var log = MemoryLog.Of(300);
        using var signer = Open(log);
        await Assert.ThrowsAsync<SigningRefusedException>(() => signer.Sign(300, MemoryLog.Of(299).Frontier.Root));
        Assert.NotNull(signer.Refusal);
        await Sign(signer, log);
        Assert.Null(signer.Refusal);
        log.Append(MemoryLog.Entry(300));
        log.Answer = (tile, bytes) => tile.Level == 1 ? [.. bytes.Select(value => (byte)(value ^ 1))] : bytes;
        await Refused(signer, log, "The tree of 301 entries does not begin");
        log.Answer = (tile, bytes) => tile.Level == 1 ? null : bytes;
        await Refused(signer, log, "The tree of 301 entries cannot be proven: The log has no tile 1/000.p/1");
        log.Answer = (_, bytes) => bytes;
        await Sign(signer, log);
    }

    [Fact]
    public async Task A_restored_older_state_is_found_by_asking_a_witness()
    {
        var log = MemoryLog.Of(10);
        using var witness = new WitnessAtHand(_scratch["w1"], Witness(1), LogKey.Verifier);
        var older = File.ReadAllBytes(StatePath);
        using (var signer = Open(log, witness))
        {
            await signer.Begin();
            await Sign(signer, log);
            await signer.Cosign();
        }

        var newest = File.ReadAllBytes(StatePath);
        File.WriteAllBytes(StatePath, older);
        using (var signer = Open(log, witness))
        {
            var fault = await Assert.ThrowsAsync<SigningRefusedException>(() => signer.Begin());
            Assert.StartsWith("The witness w1.example has seen this log with 10 entries, and the signer remembers only 0", fault.Message, StringComparison.Ordinal);
            Assert.Equal(fault.Message, signer.Refusal);
        }

        File.WriteAllBytes(StatePath, newest);
        using (var signer = Open(log, witness))
            await signer.Begin();
    }

    [Fact]
    public async Task A_restored_older_state_is_found_by_the_checkpoint_that_was_kept_for_readers()
    {
        var log = MemoryLog.Of(10);
        var older = File.ReadAllBytes(StatePath);
        SignedCheckpoint kept;
        using (var signer = Open(log))
        {
            await Sign(signer, log);
            kept = signer.Latest;
        }

        using (var signer = Open(log))
            await signer.Begin(kept);
        File.WriteAllBytes(StatePath, older);
        using (var signer = Open(log))
        {
            var fault = await Assert.ThrowsAsync<SigningRefusedException>(() => signer.Begin(kept));
            Assert.StartsWith("This log has signed 10 entries, as the checkpoint that is kept for its readers shows, and the signer remembers 0", fault.Message, StringComparison.Ordinal);
            Assert.Equal(fault.Message, signer.Refusal);
            // One of another log, or that nobody signed, says nothing.
            await signer.Begin(SignedCheckpoint.Parse(Encoding.UTF8.GetBytes(kept.Note.ToString().Replace("\n10\n", "\n11\n", StringComparison.Ordinal))));
        }
    }

    [Fact]
    public async Task What_is_put_in_the_place_of_a_lost_state_is_a_checkpoint_that_anyone_kept()
    {
        var log = MemoryLog.Of(10);
        await SignAndClose(log);
        var published = File.ReadAllText(StatePath);
        File.Delete(StatePath);
        var fault = Assert.Throws<SigningRefusedException>(() => Open(log));
        Assert.StartsWith("There is no state of the signer at", fault.Message, StringComparison.Ordinal);
        File.WriteAllText(StatePath, published);
        using var signer = Open(log);
        Assert.Equal(10, signer.Latest.Size);
    }

    [Fact]
    public async Task A_state_that_is_damaged_another_log_s_or_in_use_is_refused()
    {
        await SignAndClose(MemoryLog.Of(10));
        using (Open(MemoryLog.Of(10)))
            Assert.Contains("another process signs with it", Assert.Throws<SigningRefusedException>(() => Open(MemoryLog.Of(10))).Message, StringComparison.Ordinal);
        Assert.Throws<SigningRefusedException>(() => SignerState.Open(StatePath, [SigningKey.Generate("other.example", SignatureKind.Ed25519)]));
        var text = File.ReadAllText(StatePath);
        foreach (var damaged in new[] { "", text[..20], text.Replace("\n10\n", "\n11\n", StringComparison.Ordinal) })
        {
            File.WriteAllText(StatePath, damaged);
            Assert.Throws<SigningRefusedException>(() => Open(MemoryLog.Of(10)));
        }

        Assert.Throws<IOException>(() => SignerState.Create(StatePath, [LogKey], Now));
    }

    [Fact]
    public async Task Keys_are_rotated_by_a_time_of_both()
    {
        var next = SigningKey.Generate(Origin, SignatureKind.Ed25519);
        var log = MemoryLog.Of(10);
        await SignAndClose(log);
        log.Append(MemoryLog.Entry(10));
        using (var both = new LogSigner(log, SignerState.Open(StatePath, [LogKey, next]), [LogKey, next], [], new StillClock(Now)))
        {
            var signed = await Sign(both, log);
            Assert.Equal(LogKey.Verifier, signed.SignerAmong([LogKey.Verifier]));
            Assert.Equal(next.Verifier, signed.SignerAmong([next.Verifier]));
        }

        log.Append(MemoryLog.Entry(11));
        using var later = new LogSigner(log, SignerState.Open(StatePath, [next]), [next], [], new StillClock(Now));
        Assert.Equal(next.Verifier, Assert.Single((await Sign(later, log)).CosignaturesBy([next.Verifier, LogKey.Verifier], Now)).Key);
    }

    [Fact]
    public async Task Calls_at_once_sign_one_after_the_other()
    {
        var logs = Enumerable.Range(1, 40).Select(size => MemoryLog.Of(size)).ToArray();
        using var signer = Open(logs[^1]);
        var results = await Task.WhenAll(logs.Select(async log =>
        {
            try
            {
                return await signer.Sign(log.Frontier.Size, log.Frontier.Root);
            }
            catch (SigningRefusedException)
            {
                return null; // A greater one was faster.
            }
        }));
        Assert.Equal(40, signer.Latest.Size);
        Assert.All(results.OfType<SignedCheckpoint>(), signed => Assert.Equal(logs[signed.Size - 1].Frontier.Root, signed.Root));
    }

    private LogSigner Open(MemoryLog log, params WitnessAtHand[] witnesses) =>
        new(log, SignerState.Open(StatePath, [LogKey]), [LogKey], [.. witnesses.Select(witness => witness.Client)], new StillClock(Now));

    private async Task SignAndClose(MemoryLog log)
    {
        using var signer = Open(log);
        await Sign(signer, log);
    }

    private static Task<SignedCheckpoint> Sign(LogSigner signer, MemoryLog log) => signer.Sign(log.Frontier.Size, log.Frontier.Root);

    private static async Task Refused(LogSigner signer, MemoryLog log, string word)
    {
        var before = signer.Latest;
        var fault = await Assert.ThrowsAsync<SigningRefusedException>(() => Sign(signer, log));
        Assert.StartsWith(word, fault.Message, StringComparison.Ordinal);
        Assert.Equal(fault.Message, signer.Refusal);
        Assert.Same(before, signer.Latest);
    }
}
