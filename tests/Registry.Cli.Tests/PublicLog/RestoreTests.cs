using System.Net.Http.Json;
using System.Text;
using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;
using Registry.Cli.Commands;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Receipts;
using Registry.Log.Signing;
using Registry.Log.Tree;
using Registry.Storage.Sqlite;

namespace Registry.Cli.Tests.PublicLog;

/// <summary>A registry that loses committed entries, and what is done then: docs/trust.md, "After a loss of committed entries".</summary>
public sealed class RestoreTests : IDisposable
{
    private const string Ground = "M-44-86-(10в-5а-12,13)";
    private readonly TemporaryDirectory _data = new();
    private readonly TemporaryDirectory _away = new();

    public void Dispose()
    {
        _data.Dispose();
        _away.Dispose();
    }

    [Fact]
    public async Task Lost_entries_come_back_from_the_copy_and_the_signer_goes_on()
    {
        string block, receipt;
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            block = (await Apply(registry, "dev-applicant-a", "first", Ground)).Block;
            Assert.Equal(0, await registry.Terminate());
        }

        KeepBackup();
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            // In line, so that the ground passes on; and a title with a term.
            await Apply(registry, "dev-applicant-b", "second", Ground, "queue");
            var other = await Apply(registry, "dev-applicant-b", "third", "M-44-86-(10в-5а-18,19)");
            await Decide(registry, other.Block, "grant", new { });
            await Decide(registry, block, "refuse", new { reason = "A reason that is nobody's business." });
            receipt = other.Receipt;
            await Copy(registry);
            await registry.Kill();
        }

        var (entries, claims, undecided) = await Kept();
        PutBackup();

        var restored = await Restore();
        Assert.True(restored.ExitCode == ExitCodes.Done, restored.Output + restored.Error);
        Assert.Matches(" [1-9][0-9]* of them appended again", restored.Output);
        var after = await Kept();
        Assert.Equal(entries, after.Entries);
        Assert.Equal(claims, after.Claims);
        Assert.Equal(undecided, after.Undecided);
        Assert.Equal("No faults.", (await Typed.Run("verify", "--data", _data.Path)).Lines[^1]);
        Assert.Contains(" 0 of them appended again", (await Restore()).Output, StringComparison.Ordinal);

        await using var again = await RegistryProcess.Start(_data.Path);
        using var client = again.Client();
        var proof = TlogProof.Parse(await client.GetByteArrayAsync(receipt));
        proof.Verify(proof.Extra!.Value.Span, TrustPolicy.OfLogs([Key.Verifier]), TimeProvider.System.GetUtcNow());
        // It signs what is new as well; and what was lost with the keys of requests is not filed twice.
        var fresh = await Apply(again, "dev-applicant-a", "fourth", "M-44-86-(10в-5а-2)");
        Assert.Equal(200, (int)(await client.GetAsync(fresh.Receipt)).StatusCode);
        Assert.Equal(409, (int)(await Send(again, "dev-applicant-b", "third", "M-44-86-(10в-5а-18,19)", "refuse")).StatusCode);
    }

    [Fact]
    public async Task What_no_copy_has_is_not_invented_and_the_log_is_closed_in_public()
    {
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            await Apply(registry, "dev-applicant-a", "first", Ground);
            await Copy(registry);
            Assert.Equal(0, await registry.Terminate());
        }

        KeepBackup();
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            var lost = await Apply(registry, "dev-applicant-b", "second", "M-44-86-(10в-5а-18)");
            using var client = registry.Client();
            await client.GetByteArrayAsync(lost.Receipt);
            await registry.Kill();
        }

        PutBackup();
        var before = await Kept();
        Says(await Restore(), "Look for a newer copy");
        Assert.Equal(before.Entries, (await Kept()).Entries);

        var made = await Typed.Run("log", "key", "registry.example/second/draft", "--key", _away.File("new.key"), "--state", _away.File("new.state"));
        Assert.Equal(ExitCodes.Done, made.ExitCode);
        var ended = SignedCheckpoint.Parse(File.ReadAllBytes(State));
        string[] close = ["log", "close", _away.File("closed"), "--key", KeyFile, "--state", State, "--new-key", _away.File("new.key"), "--data", _data.Path];
        var closed = await Typed.Run(close);
        Assert.True(closed.ExitCode == ExitCodes.Done, closed.Error);
        var note = SignedNote.Parse(File.ReadAllBytes(_away.File("closed")));
        Assert.Contains($"It ended with {ended.Size} entries and the root {ended.Root}.", note.Text, StringComparison.Ordinal);
        VerifierKey[] both = [Key.Verifier, VerifierKey.Parse(made.Lines[0])];
        Assert.All(both, key => Assert.True(key.Verifies(note.Text, note.Signatures.Single(key.IsClaimedBy), out _)));
        // Nobody signs under the old name again.
        Assert.Throws<SigningRefusedException>(() => SignerState.Open(State, [Key]));
        Assert.Equal(ExitCodes.Failed, (await Typed.Run(close)).ExitCode);

        // The new log begins with what is left, so that the checkpoint of the old one's copy is of it too.
        await using var next = await RegistryProcess.Start(_data.Path, ("Registry__Signer", "here"), ("Registry__LogKey", _away.File("new.key")), ("Registry__LogState", _away.File("new.state")));
        var applied = await Apply(next, "dev-applicant-b", "second", "M-44-86-(10в-5а-18)");
        using var reader = next.Client();
        var proof = TlogProof.Parse(await reader.GetByteArrayAsync(applied.Receipt));
        Assert.Equal("registry.example/second/draft", proof.Checkpoint.Origin);
        proof.Verify(proof.Extra!.Value.Span, TrustPolicy.OfLogs([both[1]]), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task A_journal_that_went_on_after_the_loss_or_a_forked_signer_is_refused_and_nothing_is_written()
    {
        await using (var registry = await RegistryProcess.Start(_data.Path))
            Assert.Equal(0, await registry.Terminate());
        KeepBackup();
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            await Apply(registry, "dev-applicant-a", "first", Ground);
            await Copy(registry);
            // A signer that runs holds its state.
            Says(await Restore(), "log.checkpoint.lock");
            await registry.Kill();
        }

        var state = File.ReadAllBytes(State);
        PutBackup();
        File.Delete(State);
        Says(await Restore(), "There is no state of the signer");
        var fork = new Checkpoint(Key.Verifier.Name, SignedCheckpoint.Parse(state).Size, TreeHash.OfEmptyTree).ToText();
        File.WriteAllBytes(State, new SignedNote(fork, [Key.Sign(fork, default)]).ToBytes());
        Says(await Restore(), "the log was forked");
        File.WriteAllBytes(State, state);

        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            await Apply(registry, "dev-applicant-b", "other", Ground);
            Assert.Equal(0, await registry.Terminate());
        }

        Says(await Restore(), "The journal was written to since the loss");
        Assert.Equal("No faults.", (await Typed.Run("verify", "--data", _data.Path)).Lines[^1]);
    }

    private string KeyFile => _data.File("log.key");

    private string State => _data.File("log.checkpoint");

    private SigningKey Key => SigningKey.Parse(File.ReadAllText(KeyFile));

    private Task<Typed> Restore() => Typed.Run("log", "restore", _away.File("copy"), "--state", State, "--key", Key.Verifier.ToString(), "--data", _data.Path);

    private static void Says(Typed typed, string word)
    {
        Assert.Equal(ExitCodes.Failed, typed.ExitCode);
        Assert.Contains(word, typed.Error, StringComparison.Ordinal);
    }

    // Over every entry that there is: who asks for the receipt of the newest has the log signed up to there.
    private async Task Copy(RegistryProcess registry)
    {
        using var client = registry.Client();
        for (var sequence = 1; (await client.GetAsync($"/log/proofs/{sequence}")).IsSuccessStatusCode;)
            sequence++;
        var export = await Typed.Run(TimeProvider.System, [], "log", "export", _away.File("copy"), $"{registry.Address}log", "--key", Key.Verifier.ToString());
        Assert.True(export.ExitCode == ExitCodes.Done, export.Error);
    }

    private void KeepBackup() => File.Copy(_data.File(SqliteJournal.FileName), _away.File("backup"));

    private void PutBackup()
    {
        foreach (var ending in (string[])["-wal", "-shm"])
            File.Delete(_data.File(SqliteJournal.FileName + ending));
        File.Copy(_away.File("backup"), _data.File(SqliteJournal.FileName), overwrite: true);
    }

    private async Task<(List<string> Entries, List<KeyValuePair<Core.Ground.Cell, StreamId>> Claims, string Undecided)> Kept()
    {
        await using var journal = await SqliteJournal.Open(_data.Path, TimeProvider.System);
        return (
            [.. (await journal.Canonical(0, int.MaxValue)).Select(Encoding.UTF8.GetString)],
            await journal.Claims().ToListAsync(),
            Query("SELECT group_concat(party || ' ' || applications, ',') FROM (SELECT * FROM undecided WHERE applications > 0 ORDER BY party)"));
    }

    private string Query(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _data.File(SqliteJournal.FileName), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    private static async Task<(string Block, string Receipt)> Apply(RegistryProcess registry, string key, string request, string cells, string ifTaken = "refuse")
    {
        using var answer = await Send(registry, key, request, cells, ifTaken);
        Assert.True((int)answer.StatusCode == 201, await answer.Content.ReadAsStringAsync());
        return (answer.Headers.Location!.ToString(), answer.Headers.GetValues("Link").Single(link => link.Contains("receipt", StringComparison.Ordinal)).Split('<', '>')[1]);
    }

    private static async Task<HttpResponseMessage> Send(RegistryProcess registry, string key, string request, string cells, string ifTaken)
    {
        using var client = registry.Client(key);
        using var application = new HttpRequestMessage(HttpMethod.Post, "/license-blocks")
        {
            Content = JsonContent.Create(new { kind = "exploration", cells = new[] { cells }, commodities = new[] { "lithium" }, ifTaken }),
        };
        application.Headers.Add("Idempotency-Key", request);
        return await client.SendAsync(application);
    }

    private static async Task Decide(RegistryProcess registry, string block, string verb, object body)
    {
        using var registrar = registry.Client("dev-registrar");
        using var seen = await registrar.GetAsync(block);
        using var decision = new HttpRequestMessage(HttpMethod.Post, $"{block}/{verb}") { Content = JsonContent.Create(body) };
        decision.Headers.IfMatch.Add(seen.Headers.ETag!);
        using var answer = await registrar.SendAsync(decision);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
