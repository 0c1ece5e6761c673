using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Files of the field whose right answer is in what the registry does with them after it has read them.</summary>
[Collection(OneServer.Name)]
public sealed class FieldTests(RegistryServer server)
{
    [Theory]
    [InlineData("\"=HYPERLINK(\"\"http://example.invalid\"\",\"\"x\"\")\"", "=HYPERLINK(\"http://example.invalid\",\"x\")")]
    [InlineData("+7 727 259-60-11", "+7 727 259-60-11")]
    [InlineData("\"-1,5 % Cu\"", "-1,5 % Cu")]
    [InlineData("@Сарыбулак", "@Сарыбулак")]
    public async Task A_name_that_is_a_formula_is_kept_as_it_is_and_guarded_in_csv(string written, string name)
    {
        var import = await server.Registrar().ImportToEnd(
            $"name,status,commodities,lon,lat\n{written},prospect,gold,68.52,47.75\n", "text/csv", "collection=deposits");
        Assert.True(import.Count("registered") == 1, import.ToString());
        var filter = $"filter={Uri.EscapeDataString($"name = '{name}'")}";

        var items = (await server.Nobody().Get($"/collections/deposits/items?{filter}")).Json.GetProperty("features");
        Assert.Equal(name, items[0].GetProperty("properties").GetProperty("name").GetString());
        var table = (await server.Nobody().Get($"/collections/deposits/export?f=csv&{filter}")).Text;
        Assert.Contains($"'{name.Replace("\"", "\"\"", StringComparison.Ordinal)}", table, StringComparison.Ordinal);
    }

    [Theory]
    // Side by side, with an edge in common; with a gap of 1e-14 degree between them.
    [InlineData("[[[71.0,49.0],[71.05,49.0],[71.05,49.05],[71.0,49.05],[71.0,49.0]]],[[[71.05,49.0],[71.1,49.0],[71.1,49.05],[71.05,49.05],[71.05,49.0]]]", 18)]
    [InlineData("[[[71.2,49.0],[71.24999999999999,49.0],[71.24999999999999,49.05],[71.2,49.05],[71.2,49.0]]],[[[71.25,49.0],[71.3,49.0],[71.3,49.05],[71.25,49.05],[71.25,49.0]]]", 18)]
    // With a part of an edge in common; one over another by a row of cells; three in a row, the last of which is there twice.
    [InlineData("[[[71.0,49.2],[71.05,49.2],[71.05,49.25],[71.0,49.25],[71.0,49.2]]],[[[71.05,49.233333333333334],[71.1,49.233333333333334],[71.1,49.28333333333333],[71.05,49.28333333333333],[71.05,49.233333333333334]]]", 18)]
    [InlineData("[[[71.2,49.2],[71.25,49.2],[71.25,49.25],[71.2,49.25],[71.2,49.2]]],[[[71.23333333333333,49.2],[71.28333333333333,49.2],[71.28333333333333,49.25],[71.23333333333333,49.25],[71.23333333333333,49.2]]]", 15)]
    [InlineData("[[[71.4,49.2],[71.45,49.2],[71.45,49.25],[71.4,49.25],[71.4,49.2]]],[[[71.45,49.2],[71.5,49.2],[71.5,49.25],[71.45,49.25],[71.45,49.2]]],[[[71.45,49.2],[71.5,49.2],[71.5,49.25],[71.45,49.25],[71.45,49.2]]]", 18)]
    public async Task Parts_that_touch_or_overlap_are_one_ground_of_cells(string parts, int cells)
    {
        var feature = ImportClient.Block($$"""{"type":"MultiPolygon","coordinates":[{{parts}}]}""");
        var import = await server.ApplicantA().ImportToEnd(ImportClient.Collection(feature));
        Assert.True(import.Count("registered") == 1, import.ToString());

        var (west, south) = JsonDocument.Parse($"[{parts}]").RootElement.EnumerateArray().SelectMany(part => part[0].EnumerateArray())
            .Select(position => (position[0].GetDouble(), position[1].GetDouble())).Min();
        var box = FormattableString.Invariant($"{west + 0.001},{south + 0.001},{west + 0.002},{south + 0.002}");
        var block = Assert.Single((await server.Nobody().Get($"/collections/license-blocks/items?bbox={box}")).Json.GetProperty("features").EnumerateArray());
        Assert.Equal(cells, block.GetProperty("properties").GetProperty("cellCount").GetInt32());
    }
}
