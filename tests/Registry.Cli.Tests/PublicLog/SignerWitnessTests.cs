using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Signing;
using Registry.Log.Tests.Tree;
using Registry.Log.Witnesses;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Journals;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cli.Tests.PublicLog;

/// <summary>The process that signs and two witnesses, each a process: one falls silent, one is shown a fork.</summary>
public sealed class SignerWitnessTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [PostgresFact]
    public async Task A_silent_witness_stops_nobody_and_one_that_was_shown_a_fork_is_told_loudly()
    {
        await using var server = await PostgresServer.StartNew();
        var database = await server.EmptyDatabase();
        await using var journal = await PostgresJournal.Open(database, TimeProvider.System);
        await Append(journal, 3);
        var log = await Key("registry.test/draft", "log.key", "--state", _directory.File("first"));
        var (one, two) = (await Key("w1.example", "w1.key", "--kind", "witness"), await Key("w2.example", "w2.key", "--kind", "witness"));
        await using var first = await WitnessProcess.Start(_directory.File("w1.key"), _directory.File("w1"), log);
        await using var second = await WitnessProcess.Start(_directory.File("w2.key"), _directory.File("w2"), log);
        var policy = _directory.Write("policy", $"log {log}\nwitness a {one} {first.Address}\nwitness b {two} {second.Address}\ngroup some any a b\nquorum some\n");
        await using var signer = await RegistryProcess.StartProgram(
            typeof(Gateway.Gateway).Assembly.Location, ["sign"],
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Registry__Cluster", "postgres"), ("ConnectionStrings__Registry", database),
            ("Registry__LogKey", _directory.File("log.key")), ("Registry__LogState", _directory.File("state")),
            ("Registry__LogFirstState", _directory.File("first")), ("Registry__LogPolicy", policy));
        using var http = signer.Client();
        await Until(http, health => health.Status == 200 && health.Text.Contains("\"size\":3", StringComparison.Ordinal) && Count(health.Text, "Cosigns") == 2);

        await first.Kill();
        await Append(journal, 1);
        await Until(http, health => health.Status == 200 && Count(health.Text, "Silent") == 1 && Count(health.Text, "Cosigns") == 1 && Count(health.Text, "\"size\":4") == 2);

        await ShowFork(journal, policy);
        await Append(journal, 1);
        await Until(http, health => health.Status == 503 && health.Text.Contains("The witness w2.example refuses this log", StringComparison.Ordinal));
        Assert.Contains(signer.Said, line => line.Contains("crit:", StringComparison.Ordinal));
        Assert.Contains(signer.Said, line => line.Contains("The public log: The witness w2.example refuses this log", StringComparison.Ordinal));
        // The log is signed on: its readers see it, and that nobody cosigned it.
        var kept = SignedCheckpoint.Parse((await journal.Checkpoint())!);
        Assert.Equal((5, 1), (kept.Size, kept.Note.Signatures.Count));
        Assert.Single(Directory.GetFiles(_directory.File("w2"), "fork", SearchOption.AllDirectories));
    }

    // What a thief of the key would show: the log up to now, and another entry behind it.
    private async Task ShowFork(PostgresJournal journal, string policy)
    {
        var fork = new MemoryLog();
        fork.Append([.. await journal.Canonical(0, int.MaxValue), "another entry"u8.ToArray()]);
        File.Copy(_directory.File("state"), _directory.File("stolen"));
        SigningKey[] keys = [SigningKey.Parse(await File.ReadAllTextAsync(_directory.File("log.key")))];
        using var thief = new LogSigner(fork, SignerState.Open(_directory.File("stolen"), keys), keys, [], TimeProvider.System);
        var shown = await thief.Sign(fork.Frontier.Size, fork.Frontier.Root);
        using var http = WitnessClient.CreateHttp(s_limit);
        var witness = new WitnessClient(TrustPolicy.Parse(await File.ReadAllBytesAsync(policy)).Witnesses[1], http, TimeProvider.System);
        Assert.Single(await witness.Cosign(shown, fork));
    }

    private static async Task Append(PostgresJournal journal, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var place = (int)await journal.Newest();
            Assert.IsType<Committed>(await journal.Append(Filings.Apply($"lb-{place}", place)));
        }
    }

    private async Task<string> Key(string name, string file, params string[] options)
    {
        var made = await Typed.Run(["log", "key", name, "--key", _directory.File(file), .. options]);
        Assert.Equal(ExitCodes.Done, made.ExitCode);
        return made.Lines[0];
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    // Signer and witnesses talk once a second, and nobody signals when.
    private static async Task Until(HttpClient http, Func<(int Status, string Text), bool> isSo)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var answer = await http.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            var health = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if (isSo(health))
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < s_limit, $"The signer says {health}.");
            await again.WaitForNextTickAsync();
        }
    }
}
