using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>What is asked of many sheets at once does not show on how many silos they are.</summary>
[Collection(PostgresTests.Name)]
public sealed class WholeCountryTests(PostgresFixture postgres)
{
    private const int Side = 7;
    private const int LongestSide = 4;
    private const int AtOnce = 8;

    // Two registries cannot file in the same order at the same time.
    private static readonly string[] OfTheFiling = ["sequence", "appliedAt"];

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task A_query_over_the_whole_country_on_three_silos_equals_the_single_process()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        using var directory = new TemporaryDirectory();
        await using var single = await RegistryProcess.Start(directory.Path);
        await FillGround(cluster.Gateway);
        await FillGround(single);

        var expected = await WholeCountry(single);
        var found = await WholeCountry(cluster.Gateway);

        Assert.Equal(SheetCorners.Count * Side * Side, expected.Count);
        Assert.Equal(expected, found);
    }

    /// <summary>Files the same applications for ground that none of them shares, under the same keys, in whichever order they arrive.</summary>
    private static async Task FillGround(RegistryProcess registry)
    {
        using var client = registry.Applicant();
        await Parallel.ForEachAsync(Places(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (place, _) =>
        {
            var (corner, row, column) = place;
            var key = string.Create(CultureInfo.InvariantCulture, $"place-{corner}-{row}-{column}");
            using var answer = await client.Apply(key, SheetCorners.Rectangle(
                corner,
                (row - (Side / 2)) * LongestSide, (column - (Side / 2)) * LongestSide,
                1 + ((row + corner) % LongestSide), 1 + (column % LongestSide)));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        });
    }

    private static IEnumerable<(int Corner, int Row, int Column)> Places() =>
        from corner in Enumerable.Range(0, SheetCorners.Count)
        from row in Enumerable.Range(0, Side)
        from column in Enumerable.Range(0, Side)
        select (corner, row, column);

    /// <summary>The features by id, without what tells of the order of filing.</summary>
    private static async Task<SortedDictionary<string, string>> WholeCountry(RegistryProcess registry)
    {
        using var client = registry.Client();
        var answer = await client.GetFromJsonAsync<JsonObject>("/collections/license-blocks/items?limit=10000&cells=true");
        var features = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var feature in answer!["features"]!.AsArray())
        {
            var properties = feature!["properties"]!.AsObject();
            foreach (var name in OfTheFiling)
                Assert.True(properties.Remove(name));
            features.Add(feature["id"]!.GetValue<string>(), feature.ToJsonString());
        }

        Assert.Equal(features.Count, answer["numberMatched"]!.GetValue<int>());
        return features;
    }
}
