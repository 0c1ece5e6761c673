using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Registry.Clients.Tests.Gdal;

/// <summary>GDAL reads the registry through its own driver of OGC API - Features, and sees what the registry exports.</summary>
[Collection(OneCountry.Name)]
public sealed partial class ReadingTests(FullCountry country)
{
    [GdalFact]
    public async Task Gdal_lists_every_collection()
    {
        var listed = await GdalTools.Run("ogrinfo", "-q", Source);
        foreach (var collection in new[] { "license-blocks", "deposits", "areas", "sheets" })
            Assert.Contains($": {collection} ", listed, StringComparison.Ordinal);
    }

    [GdalTheory]
    [InlineData("license-blocks", 25_000)]
    [InlineData("deposits", 10_000)]
    [InlineData("areas", 1)]
    [InlineData("sheets", 26)]
    public async Task Gdal_counts_what_the_registry_counts(string collection, int least)
    {
        var items = await country.Client.GetStringAsync(new Uri($"/collections/{collection}/items?limit=1", UriKind.Relative));
        var matched = JsonDocument.Parse(items).RootElement.GetProperty("numberMatched").GetInt32();
        Assert.True(matched >= least);
        Assert.Equal(matched, await Count(collection));
    }

    [GdalTheory]
    [InlineData("license-blocks", "number", "kind", "status", "cellCount", "sequence", "version")]
    [InlineData("deposits", "name", "status", "version")]
    [InlineData("areas", "name", "effect", "cellCount")]
    [InlineData("sheets", "cells", "claimedCells")]
    public async Task Gdal_pages_through_a_collection_and_gets_what_the_export_has(string collection, params string[] properties)
    {
        var own = await Export(collection, "");
        var read = await Read(collection, "-oo", "PAGE_SIZE=1000");
        read.AreThoseOf(own, 1e-7, properties);
    }

    [GdalFact]
    public async Task A_rectangle_is_asked_of_the_registry()
    {
        var own = await Export("license-blocks", "&bbox=66.1,47.2,71.5,49.9");
        var read = await Read("license-blocks", "-spat", "66.1", "47.2", "71.5", "49.9");
        Assert.InRange(own.Ids.Count, 100, 20_000);
        read.AreThoseOf(own, 1e-7, "number", "status");
    }

    [GdalTheory]
    [InlineData("status = 'granted'")]
    [InlineData("cellCount > 100 AND kind = 'exploration'")]
    public async Task A_condition_gives_the_features_that_meet_it(string where)
    {
        var all = await country.Client.GetStringAsync(new Uri("/collections/license-blocks/export?f=geojsonseq", UriKind.Relative));
        var expected = all.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line.TrimStart('\u001e')).RootElement.GetProperty("properties"))
            .Count(block => where.StartsWith("status", StringComparison.Ordinal)
                ? block.GetProperty("status").GetString() == "granted"
                : block.GetProperty("cellCount").GetInt32() > 100 && block.GetProperty("kind").GetString() == "exploration");
        Assert.InRange(expected, 1, 24_999);
        Assert.Equal(expected, await Count("license-blocks", "-where", where));
    }

    [GdalTheory]
    [InlineData("EPSG:3857", "http://www.opengis.net/def/crs/EPSG/0/3857", "60,44,75,52")]
    [InlineData("EPSG:32639", "http://www.opengis.net/def/crs/EPSG/0/32639", "46,44,54,52")]
    [InlineData("EPSG:32642", "http://www.opengis.net/def/crs/EPSG/0/32642", "63,40,75,56")]
    [InlineData("EPSG:32645", "http://www.opengis.net/def/crs/EPSG/0/32645", "80,44,88,52")]
    public async Task Gdal_projects_to_where_the_registry_projects(string target, string crs, string bbox)
    {
        var own = await Export("license-blocks", $"&bbox={bbox}&crs={crs}");
        var read = await Read("license-blocks", ["-spat", .. bbox.Split(','), "-t_srs", target]);
        // A millimetre, and half of the last decimal of each.
        read.AreThoseOf(own, 0.002);
    }

    private string Source => $"OAPIF:{country.Root}";

    private async Task<int> Count(string collection, params string[] arguments)
    {
        var info = await GdalTools.Run("ogrinfo", ["-al", "-so", Source, collection, .. arguments]);
        return int.Parse(FeatureCount().Match(info).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task<Features> Export(string collection, string query) => Features.Read(
        await country.Client.GetStringAsync(new Uri($"/collections/{collection}/export?f=geojsonseq{query}", UriKind.Relative)));

    private async Task<Features> Read(string collection, params string[] arguments) => Features.Read(await GdalTools.Run(
        "ogr2ogr", ["-f", "GeoJSON", "/vsistdout/", Source, collection, "-lco", "COORDINATE_PRECISION=9", .. arguments]));

    [GeneratedRegex(@"Feature Count: (\d+)")]
    private static partial Regex FeatureCount();
}
