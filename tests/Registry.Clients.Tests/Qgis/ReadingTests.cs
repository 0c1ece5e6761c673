using System.Text.Json;

namespace Registry.Clients.Tests.Qgis;

/// <summary>QGIS reads the registry through its own provider, and sees what the registry exports.</summary>
[Collection(OneCountry.Name)]
public sealed class ReadingTests(FullCountry country)
{
    [QgisFact]
    public async Task Qgis_pages_through_every_license_block()
    {
        var seen = await QgisProvider.Read(country.Root, "license-blocks");
        Assert.Contains("status", seen.GetProperty("fields").EnumerateArray().Select(field => field.GetString()));
        Assert.Equal(await Exported("license-blocks", ""), Ids(seen));
        Assert.True(seen.GetProperty("area").GetDouble() > 0);
    }

    [QgisFact]
    public async Task Qgis_asks_the_registry_for_a_rectangle()
    {
        var seen = await QgisProvider.Read(country.Root, "deposits", "66.1", "47.2", "71.5", "49.9");
        Assert.Equal(await Exported("deposits", "&bbox=66.1,47.2,71.5,49.9"), Ids(seen));
    }

    private async Task<IEnumerable<string>> Exported(string collection, string query) => Features.Read(
        await country.Client.GetStringAsync(new Uri($"/collections/{collection}/export?f=geojsonseq{query}", UriKind.Relative)))
        .Ids.Order(StringComparer.Ordinal);

    private static IEnumerable<string> Ids(JsonElement seen) =>
        seen.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!).Order(StringComparer.Ordinal);
}
