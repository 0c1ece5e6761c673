using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>The process is killed in the middle of an import, and started again over the same journal.</summary>
public sealed class KilledImportTests
{
    private const int Features = 800;

    [Theory]
    [InlineData("feature")]
    [InlineData("file")]
    public async Task An_import_goes_on_after_the_kill_and_registers_each_feature_once(string mode)
    {
        using var data = new TemporaryDirectory();
        var (query, key) = ($"collection=license-blocks&mode={mode}", Guid.NewGuid().ToString());
        var file = ImportClient.Collection(Enumerable.Range(0, Features).Select(at =>
            ImportClient.Block(Bodies.Rectangle((47 * 60) + (at / 100), (67 * 60) + (at % 100), (47 * 60) + (at / 100) + 1, (67 * 60) + (at % 100) + 1))));
        string address;
        var seen = 0;
        await using (var first = await RegistryProcess.Start(data.Path))
        {
            var applicant = new RegistryClient(first.Client(), "dev-applicant-a");
            var taken = await applicant.Import(file, query: query, key: key);
            Assert.Equal(202, taken.Status);
            address = taken.Headers["Location"];
            if (mode == "feature")
                seen = await UntilUnderWay(first, address);
            await first.Kill();
        }

        await using var second = await RegistryProcess.Start(data.Path);
        var again = new RegistryClient(second.Client(), "dev-applicant-a");
        // Ends with the import. Nobody has sent the file again.
        Assert.Equal(200, (await again.Get($"{address}/events")).Status);
        var import = (await again.Get(address)).Json;

        Assert.True(import.State() == "done" && import.Count("registered") == Features, import.ToString());
        Assert.Equal(Features, await Count(again));
        Assert.True(mode == "feature" ? import.Count("repeated") >= seen : import.Count("repeated") is 0 or Features, import.ToString());
        var sent = await again.Import(file, query: query, key: key);
        Assert.Equal((address, "true"), (sent.Headers["Location"], sent.Headers["Idempotency-Replayed"]));
        (await again.Import(file + " ", query: query, key: key)).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(Features, await Count(again));
    }

    // Reads the events until some features are registered and others are not.
    private static async Task<int> UntilUnderWay(RegistryProcess process, string address)
    {
        using var client = process.Client("dev-applicant-a");
        using var events = new StreamReader(await client.GetStreamAsync(new Uri($"{address}/events", UriKind.Relative)));
        while (await events.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var registered = JsonDocument.Parse(line["data: ".Length..]).RootElement.Count("registered");
            Assert.True(registered < Features, "The import ended before it could be killed.");
            if (registered > 0)
                return registered;
        }

        throw new InvalidOperationException("The events ended before a feature was registered.");
    }

    private static async Task<int> Count(RegistryClient client) =>
        (await client.Get("/collections/license-blocks/items?limit=1")).Json.GetProperty("numberMatched").GetInt32();
}
