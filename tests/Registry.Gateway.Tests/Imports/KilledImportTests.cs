using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>The process is killed in the middle of an import, and the file is sent again under the same key.</summary>
public sealed class KilledImportTests
{
    private const int Features = 800;

    [Theory]
    [InlineData("feature")]
    [InlineData("file")]
    public async Task What_was_registered_before_the_kill_is_not_registered_twice(string mode)
    {
        using var data = new TemporaryDirectory();
        var (query, key) = ($"collection=license-blocks&mode={mode}", Guid.NewGuid().ToString());
        var file = ImportClient.Collection(Enumerable.Range(0, Features).Select(at =>
            ImportClient.Block(Bodies.Rectangle((47 * 60) + (at / 100), (67 * 60) + (at % 100), (47 * 60) + (at / 100) + 1, (67 * 60) + (at % 100) + 1))));
        await using (var first = await RegistryProcess.Start(data.Path))
        {
            var applicant = new RegistryClient(first.Client(), "dev-applicant-a");
            var taken = await applicant.Import(file, query: query, key: key);
            Assert.Equal(202, taken.Status);
            if (mode == "feature")
                await UntilUnderWay(first, taken.Headers["Location"]);
            await first.Kill();
        }

        await using var second = await RegistryProcess.Start(data.Path);
        var again = new RegistryClient(second.Client(), "dev-applicant-a");
        var before = await Count(again);
        var import = await again.ImportToEnd(file, query: query, key: key);

        Assert.True(import.State() == "done" && import.Count("registered") == Features, import.ToString());
        Assert.Equal(before, import.Count("repeated"));
        Assert.Equal(Features, await Count(again));
        Assert.True(mode == "feature" ? before is > 0 and < Features : before is 0 or Features, $"{before}");
    }

    // Reads the events until some features are registered and others are not.
    private static async Task UntilUnderWay(RegistryProcess process, string address)
    {
        using var client = process.Client("dev-applicant-a");
        using var events = new StreamReader(await client.GetStreamAsync(new Uri($"{address}/events", UriKind.Relative)));
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal) && JsonDocument.Parse(line["data: ".Length..]).RootElement.Count("registered") > 0)
                return;
        }

        Assert.Fail("The events ended before a feature was registered.");
    }

    private static async Task<int> Count(RegistryClient client) =>
        (await client.Get("/collections/license-blocks/items?limit=1")).Json.GetProperty("numberMatched").GetInt32();
}
