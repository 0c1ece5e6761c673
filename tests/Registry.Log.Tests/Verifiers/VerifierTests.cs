using System.Diagnostics;
using Registry.Log.Receipts;
using Registry.Log.Tests.Copies;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Notes;
using Registry.Log.Tests.Tree;
using Registry.Log.Tree;
using Xunit.Abstractions;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Verifiers;

/// <summary>Programs of audit/, which share no code with the log, read a log of 100,000 entries; each finds one changed bit.</summary>
public sealed class VerifierTests(VerifierTests.Big big, ITestOutputHelper output) : IClassFixture<VerifierTests.Big>
{
    private const int Entries = 100_000;
    private const string GoModules = "/usr/share/gocode/src/golang.org/x/mod/sumdb";

    private static readonly string Key = LogKey.Verifier.ToString();

    [ToolFact("python3", "openssl")]
    public async Task The_auditor_accepts_an_honest_log_and_judges_all_of_it()
    {
        var clock = Stopwatch.StartNew();
        var audited = await Tool.Python("--key", Key, "--witness", big.Witness.Verifier.ToString(), "--earlier", big.Earlier, big.Directory);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s for {Entries} entries");
        Assert.Equal((0, true), (audited.ExitCode, audited.Output.EndsWith("No faults.\n", StringComparison.Ordinal)));
        Assert.Contains($"tree       {big.Log.Frontier.Size} entries, root {big.Log.Frontier.Root}\n", audited.Output, StringComparison.Ordinal);
        Assert.Contains("witnesses  w1.example\n", audited.Output, StringComparison.Ordinal);
        Assert.Contains($"judged     {big.Log.Frontier.Size} of {big.Log.Frontier.Size} entries, 100.0 %\n", audited.Output, StringComparison.Ordinal);
    }

    [ToolFact("go", GoModules)]
    public async Task Go_s_sumdb_accepts_the_checkpoint_and_a_thousand_proofs_of_each_kind()
    {
        var checkedByGo = await Tool.Go(big.Scratch["go"], "-key", Key, big.Directory);
        Assert.Equal((0, $"PROVEN: {big.Log.Frontier.Size} entries, 1000 inclusion and 1000 consistency proofs\n"), (checkedByGo.ExitCode, checkedByGo.Output));
    }

    [ToolFact("bash", "openssl", "sha256sum")]
    public async Task The_shell_script_accepts_receipts()
    {
        foreach (var index in new[] { 0, 255, 256, 65_535, 77_777, (int)big.Log.Frontier.Size - 1 })
        {
            var read = await Tool.Shell(await big.Receipt(index), Key);
            Assert.Equal(0, read.ExitCode);
            Assert.StartsWith($"PROVEN: the entry below is number {index} of the log {Origin}, which signed a tree of {big.Log.Frontier.Size} entries.", read.Output, StringComparison.Ordinal);
        }
    }

    [ToolFact("python3", "openssl", "go", GoModules)]
    public async Task One_bit_in_a_tile_an_entry_or_the_checkpoint_is_found_by_each()
    {
        // Entry 4,400, in bundle 17, is one of the thousand that are proven.
        var entry = big.Log.Entries.Skip(17 * 256).Take(4400 - 17 * 256).Sum(before => 2 + before.Length) + 40;
        foreach (var (file, at) in new[]
        {
            ("tile/entries/017", entry), ("tile/0/017", 4000), ("tile/1/000", 17 * 32 + 5), ("checkpoint", Origin.Length + 1),
            ("checkpoint", Origin.Length + 20), ("checkpoint", (int)new FileInfo(Path.Combine(big.Directory, "checkpoint")).Length - 300),
        })
        {
            StaticCopy.Flip(Path.Combine(big.Directory, file), at);
            var audited = await Tool.Python("--key", Key, big.Directory);
            var checkedByGo = await Tool.Go(big.Scratch["go"], "-key", Key, big.Directory);
            StaticCopy.Flip(Path.Combine(big.Directory, file), at);
            Assert.True(audited.ExitCode == 1 && audited.Output.Contains("FAULT", StringComparison.Ordinal), $"{file}: {audited.Output}");
            Assert.True(checkedByGo.ExitCode == 1 && checkedByGo.Output.Contains("NOT PROVEN", StringComparison.Ordinal), $"{file}: {checkedByGo.Output}");
        }
    }

    [ToolFact("bash", "openssl", "sha256sum")]
    public async Task The_shell_script_finds_a_changed_letter_anywhere_in_a_receipt()
    {
        var path = await big.Receipt(77_777);
        var length = (int)new FileInfo(path).Length;
        for (var at = 0; at < length; at += 131)
        {
            StaticCopy.Flip(path, at);
            var read = await Tool.Shell(path, Key);
            StaticCopy.Flip(path, at);
            // The second witness line is not this script's to judge.
            if (at < big.EndOfLogSignature(path))
                Assert.True(read.ExitCode == 1 && read.Output.Contains("NOT PROVEN", StringComparison.Ordinal), $"byte {at}: {read.Output}");
        }
    }

    [ToolFact("python3", "openssl")]
    public async Task The_auditor_finds_a_fork_and_a_log_that_went_back()
    {
        using var scratch = new Scratch();
        var (log, other) = (SyntheticRegister.Of(500).ToLog(), MemoryLog.Of(300));
        await StaticCopy.Write(log, Sign(log), scratch["log"]);
        File.WriteAllBytes(scratch["fork"], Sign(other).Note.ToBytes());
        File.WriteAllBytes(scratch["later"], Sign(MemoryLog.Of(1000)).Note.ToBytes());
        var forked = await Tool.Python("--key", Key, "--earlier", scratch["fork"], scratch["log"]);
        Assert.Equal((1, true), (forked.ExitCode, forked.Output.Contains("the log has forked: the checkpoint of 300 entries", StringComparison.Ordinal)));
        var back = await Tool.Python("--key", Key, "--earlier", scratch["later"], scratch["log"]);
        Assert.Equal((1, true), (back.ExitCode, back.Output.Contains("the log has gone back: a checkpoint that you kept has 1000 entries", StringComparison.Ordinal)));
    }

    /// <summary>A log of 100,000 entries in a directory.</summary>
    public sealed class Big : IAsyncLifetime
    {
        internal Scratch Scratch { get; } = new();

        internal MemoryLog Log { get; } = SyntheticRegister.Of(Entries).ToLog();

        internal Registry.Log.Notes.SigningKey Witness { get; } = Samples.Witness(1);

        internal string Directory => Scratch["log"];

        internal string Earlier => Scratch["earlier"];

        public async Task InitializeAsync()
        {
            await StaticCopy.Write(Log, Sign(Log, Witness), Directory);
            var earlier = SyntheticRegister.Of(1000).ToLog();
            await File.WriteAllBytesAsync(Earlier, Sign(earlier).Note.ToBytes());
        }

        internal async Task<string> Receipt(int index)
        {
            var proof = await TlogProof.Make(Log.Entries[index], index, new TreeReader(Log, Log.Frontier.Size), Sign(Log, Witness));
            var path = Scratch[$"{index}.tlog-proof"];
            await File.WriteAllBytesAsync(path, proof.ToBytes());
            return path;
        }

        internal int EndOfLogSignature(string path) =>
            Utf8(File.ReadAllText(path)[..File.ReadAllText(path).IndexOf("— w1.example", StringComparison.Ordinal)]).Length;

        public Task DisposeAsync()
        {
            Scratch.Dispose();
            return Task.CompletedTask;
        }
    }
}
