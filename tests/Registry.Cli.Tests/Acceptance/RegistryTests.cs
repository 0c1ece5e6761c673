using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Gateway.Tests.Acceptance;
using Registry.Sample;

namespace Registry.Cli.Tests.Acceptance;

/// <summary>The commands against a registry in a process of its own.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly TemporaryDirectory _files = new();
    private readonly TemporaryDirectory _data = new();

    public void Dispose()
    {
        _files.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Real_and_dirty_deposits_are_registered_once_though_imported_again_after_a_kill()
    {
        var file = _files.File("deposits_usgs.csv");
        await using (var copy = File.Create(file))
            await SampleDeposits.Open().CopyToAsync(copy);

        List<string[]> first;
        await using (var registry = await RegistryProcess.Start(_data.Path))
        {
            first = await Import(registry, file);
            await registry.Kill();
        }

        await using var restarted = await RegistryProcess.Start(_data.Path);
        var second = await Import(restarted, file);

        Assert.Equal(57, first.Count);
        Assert.Equal(["changed", "merged", "refused", "registered"], first.Select(Outcome).Distinct().Order());
        Assert.Equal(["already there", "merged", "refused"], second.Select(Outcome).Distinct().Order());
        Assert.Equal(
            first.Select(row => string.Join('|', row[..2].Concat(row[3..]))), second.Select(row => string.Join('|', row[..2].Concat(row[3..]))));
        Assert.All(first.Zip(second), pair => Assert.Equal(
            Outcome(pair.First) is "registered" or "changed" ? "already there" : Outcome(pair.First), Outcome(pair.Second)));

        var objects = first.Select(row => row[4]).Where(id => id.Length > 0).Distinct().Count();
        using var client = restarted.Client();
        var collection = await client.GetFromJsonAsync<JsonElement>("/collections/deposits/items?limit=1");
        Assert.Equal(objects, collection.GetProperty("numberMatched").GetInt32());
        var verify = await Typed.Run("verify", "--data", _data.Path);
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Error);
    }

    [Fact]
    public async Task License_blocks_are_filed_in_the_files_order_and_refusals_name_the_true_holder()
    {
        await using var registry = await RegistryProcess.Start(_data.Path);
        var file = _files.Write("blocks.geojson", $$"""
            {"type":"FeatureCollection","features":[
              {{Block("A", "M-44-86-(10в-5а-12,13)")}}, {{Block("B", "M-44-86-(10в-5а-13,14)")}}, {{Block("C", "M-44-86-(10в-5а-26)")}}]}
            """);

        var first = await Import(registry, file);
        var second = await Import(registry, file);

        Assert.Equal(["registered", "refused", "refused"], first.Select(Outcome));
        Assert.Equal($"ground-taken: M-44-86-(10в-5а-13) is {first[0][4]}'s (applied)", first[1][5]);
        Assert.StartsWith("malformed: /cells/0: ", first[2][5], StringComparison.Ordinal);
        Assert.Equal(["already there", "refused", "refused"], second.Select(Outcome));
        Assert.Equal(first.Select(row => row[5]), second.Select(row => row[5]));
    }

    [Fact]
    public async Task A_running_registry_takes_a_key_at_once_and_stops_taking_it_once_it_is_revoked()
    {
        await using var registry = await RegistryProcess.Start(_data.Path);
        var issue = await Typed.Run("key", "issue", "--name", "survey", "--role", "registrar", "--data", _data.Path);
        using var client = registry.Client(issue.Lines.Single());

        var before = await PostNothing(client);
        await Typed.Run("key", "revoke", "survey", "--data", _data.Path);
        var revoked = TimeProvider.System.GetTimestamp();
        // Nothing signals across processes when the registry has noticed.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await PostNothing(client) != HttpStatusCode.Unauthorized)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(revoked) < IKeyring.BelievedFor * 20, "The key still works.");
            await timer.WaitForNextTickAsync();
        }

        Assert.Equal(HttpStatusCode.BadRequest, before);
    }

    // A body without members: refused for what it lacks, once the key was accepted.
    private static async Task<HttpStatusCode> PostNothing(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/deposits", new { });
        return answer.StatusCode;
    }

    private static string Outcome(string[] row) => row[2];

    private static string Block(string id, string cells) =>
        $$"""{"type":"Feature","properties":{"id":"{{id}}","kind":"exploration","cells":["{{cells}}"],"commodities":["lithium"],"holder":"party-dev-a"},"geometry":null}""";

    /// <summary>Imports a file, one object at a time when they are license blocks, and reads the report.</summary>
    private async Task<List<string[]>> Import(RegistryProcess registry, string file)
    {
        var report = _files.File("report.csv");
        string[] what = file.EndsWith(".csv", StringComparison.Ordinal) ? ["deposits", file] : ["license-blocks", file, "--at-once", "1"];
        var import = await Typed.Run(
            TimeProvider.System, [], ["import", .. what, "--url", registry.Address.ToString(), "--key", "dev-registrar", "--report", report]);
        Assert.True(import.ExitCode is 0 or 1, import.Output + import.Error);
        using var csv = Sylvan.Data.Csv.CsvDataReader.Create(report);
        var rows = new List<string[]>();
        while (await csv.ReadAsync())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        return rows;
    }
}
