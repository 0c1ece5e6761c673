using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>The same deposits, in every format that is read.</summary>
[Collection(OneServer.Name)]
public sealed class FormatTests(RegistryServer server)
{
    private const string Deposits = "collection=deposits";

    [GdalTheory]
    [InlineData("GeoJSONSeq", "geojsonl", "application/geo+json-seq", new string[0])]
    [InlineData("GeoJSONSeq", "geojsons", "application/geo+json-seq", new[] { "-lco", "RS=YES" })]
    [InlineData("CSV", "csv", "text/csv", new[] { "-lco", "GEOMETRY=AS_WKT" })]
    [InlineData("KML", "kml", "application/vnd.google-earth.kml+xml", new string[0])]
    [InlineData("FlatGeobuf", "fgb", "application/vnd.flatgeobuf", new[] { "-nlt", "PROMOTE_TO_MULTI" })]
    [InlineData("FlatGeobuf", "fgb", "application/vnd.flatgeobuf", new[] { "-lco", "SPATIAL_INDEX=NO" })]
    [InlineData("GPKG", "gpkg", "application/geopackage+sqlite3", new string[0])]
    [InlineData("ESRI Shapefile", "shp", "application/zip", new[] { "-lco", "ENCODING=UTF-8" })]
    [InlineData("ESRI Shapefile", "shp", "application/zip", new[] { "-lco", "ENCODING=CP1251" })]
    public async Task What_gdal_writes_registers_as_its_source_does(string driver, string extension, string mediaType, string[] options)
    {
        var name = $"{extension}-{Guid.NewGuid():N}";
        // GDAL has lists in GeoJSON and in CSV; elsewhere it needs a text.
        var source = Source(name);
        if (extension is "kml" or "fgb" or "shp")
            source = source.Replace("[\"copper\",\"gold\"]", "\"copper;gold\"", StringComparison.Ordinal);

        var import = await server.Registrar().ImportToEnd(Gdal.Make(source, driver, extension, options), mediaType, Deposits);

        Assert.True(import.Count("registered") == 3 && import.State() == "done", import.ToString());
        await AreRegistered(name);
    }

    [Theory]
    [InlineData("fgb", "application/vnd.flatgeobuf")]
    [InlineData("csv", "text/csv")]
    [InlineData("geojsonseq", "application/geo+json-seq")]
    public async Task What_the_registry_exports_it_imports(string format, string mediaType)
    {
        var name = $"own-{format}-{Guid.NewGuid():N}";
        var registrar = server.Registrar();
        await registrar.ImportToEnd(Source(name), query: Deposits);

        using var client = new HttpClient { BaseAddress = server.Address };
        var export = await client.GetByteArrayAsync(new Uri($"/collections/deposits/items?bbox=70.1,49.1,70.3,49.3&limit=10000&f={format}", UriKind.Relative));
        var import = await registrar.ImportToEnd(export, mediaType, Deposits);

        Assert.True(import.State() == "done" && import.Count("registered") >= 3 && import.Count("refused") == 0, import.ToString());
    }

    [Fact]
    public async Task A_table_places_points_by_longitude_and_latitude_and_lists_by_semicolons()
    {
        var name = $"csv-{Guid.NewGuid():N}";
        var csv = $"\uFEFFname,status,commodities,lon,lat\r\n\"{name}, \"\"Big\"\"\",prospect,gold; copper,70.5,49.5\r\n{name},prospect,,x,49\r\nshort,row\r\n";

        var import = await server.Registrar().ImportToEnd(csv, "text/csv", Deposits);

        Assert.Equal((3, 1, 2), (import.Count("total"), import.Count("registered"), import.Count("refused")));
        Assert.Equal(["/geometry", ""], import.GetProperty("refusals").EnumerateArray().Select(refusal => refusal.GetProperty("pointer").GetString()));
        var properties = Assert.Single(await Named(name)).GetProperty("properties");
        Assert.Equal($"{name}, \"Big\"", properties.GetProperty("name").GetString());
        Assert.Equal(["gold", "copper"], properties.GetProperty("commodities").EnumerateArray().Select(item => item.GetString()!));
    }

    private static string Source(string name)
    {
        // With a hole, and in two parts; a letter that is in no western encoding.
        string[] geometries =
        [
            """{"type":"Polygon","coordinates":[[[70.1,49.1],[70.2,49.1],[70.2,49.2],[70.1,49.2],[70.1,49.1]],[[70.12,49.12],[70.12,49.14],[70.14,49.14],[70.14,49.12],[70.12,49.12]]]}""",
            """{"type":"MultiPolygon","coordinates":[[[[70.1,49.1],[70.15,49.1],[70.15,49.15],[70.1,49.1]]],[[[70.2,49.2],[70.25,49.2],[70.25,49.25],[70.2,49.2]],[[70.23,49.21],[70.23,49.22],[70.24,49.22],[70.23,49.21]]]]}""",
            """{"type":"Polygon","coordinates":[[[70.1,49.1],[70.11,49.1],[70.11,49.11],[70.1,49.1]]]}""",
        ];
        return ImportClient.Collection(geometries.Select((geometry, at) => ImportClient.Block(
            geometry, $$"""{"name":"{{name}} Жезды {{at}}","status":"deposit","commodities":["copper","gold"]}""")));
    }

    private async Task AreRegistered(string name)
    {
        var expected = JsonDocument.Parse(Source(name)).RootElement.GetProperty("features").EnumerateArray()
            .ToDictionary(feature => feature.GetProperty("properties").GetProperty("name").GetString()!, Normal);
        var registered = await Named(name);

        Assert.Equal(3, registered.Count);
        foreach (var feature in registered)
        {
            var properties = feature.GetProperty("properties");
            Assert.True(
                expected[properties.GetProperty("name").GetString()!].EqualsTopologically(Normal(feature)), feature.GetProperty("geometry").ToString());
            Assert.Equal(["copper", "gold"], properties.GetProperty("commodities").EnumerateArray().Select(item => item.GetString()!));
        }
    }

    private static NetTopologySuite.Geometries.Geometry Normal(JsonElement feature) =>
        Core.GeoJson.GeometryReader.Read(feature.GetProperty("geometry"), Core.GeoJson.GeoJsonLimits.Default).Geometry!;

    private async Task<List<JsonElement>> Named(string name) =>
        [.. (await server.Nobody().Get("/collections/deposits/items?limit=10000")).Json.GetProperty("features").EnumerateArray()
            .Where(feature => feature.GetProperty("properties").GetProperty("name").GetString()!.Contains(name, StringComparison.Ordinal))];
}
