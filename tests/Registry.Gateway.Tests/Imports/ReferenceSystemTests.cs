using System.Text;
using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Files in other reference systems than WGS 84, as GDAL writes them, imported as they are.</summary>
[Collection(OneServer.Name)]
public sealed class ReferenceSystemTests(RegistryServer server)
{
    // A tenth of a millimetre for the rounding, a millimetre for the projection.
    private const double ExactDegrees = 1.5e-8;

    // PROJ chooses other parameters of Pulkovo 1942 by itself; theirs and ours are said to be right to some metres.
    private const double DatumDegrees = 1e-4;

    [GdalTheory]
    [InlineData("GeoJSON", "geojson", "application/geo+json", "EPSG:32642", ExactDegrees, "-lco", "COORDINATE_PRECISION=6")]
    [InlineData("CSV", "csv", "text/csv", "EPSG:32642", ExactDegrees, "-lco", "GEOMETRY=AS_WKT")]
    [InlineData("FlatGeobuf", "fgb", "application/vnd.flatgeobuf", "EPSG:32642", ExactDegrees)]
    [InlineData("GPKG", "gpkg", "application/geopackage+sqlite3", "EPSG:32642", ExactDegrees)]
    [InlineData("ESRI Shapefile", "shp", "application/zip", "EPSG:32642", ExactDegrees, "-lco", "ENCODING=CP1251")]
    [InlineData("GPKG", "gpkg", "application/geopackage+sqlite3", "EPSG:3857", ExactDegrees)]
    [InlineData("ESRI Shapefile", "shp", "application/zip", "EPSG:3857", ExactDegrees, "-lco", "ENCODING=UTF-8")]
    [InlineData("GeoJSON", "geojson", "application/geo+json", "EPSG:28412", DatumDegrees, "-lco", "COORDINATE_PRECISION=6")]
    [InlineData("GeoJSON", "geojson", "application/geo+json", "EPSG:4284", DatumDegrees, "-lco", "COORDINATE_PRECISION=10")]
    [InlineData("CSV", "csv", "text/csv", "EPSG:28412", DatumDegrees, "-lco", "GEOMETRY=AS_WKT")]
    [InlineData("CSV", "csv", "text/csv", "EPSG:28412", DatumDegrees, "-lco", "GEOMETRY=AS_XY")]
    [InlineData("CSV", "csv", "text/csv", "EPSG:4284", DatumDegrees, "-lco", "GEOMETRY=AS_WKT", "-lco", "SEPARATOR=SEMICOLON")]
    [InlineData("FlatGeobuf", "fgb", "application/vnd.flatgeobuf", "EPSG:28412", DatumDegrees)]
    [InlineData("GPKG", "gpkg", "application/geopackage+sqlite3", "EPSG:4284", DatumDegrees)]
    [InlineData("ESRI Shapefile", "shp", "application/zip", "EPSG:28412", DatumDegrees, "-lco", "ENCODING=CP1251")]
    public async Task Attributes_and_positions_are_those_of_the_source(
        string driver, string extension, string mediaType, string system, double tolerance, params string[] options)
    {
        var name = $"{extension} {Guid.NewGuid():N}";
        (string Name, double Longitude, double Latitude)[] sites = [($"{name} Жезды № 1", 70.125, 49.0625), ($"{name} Ёлка", 68.3, 47.9)];
        var source = ImportClient.Collection(sites.Select(site => ImportClient.Block(
            FormattableString.Invariant($$"""{"type":"Point","coordinates":[{{site.Longitude}},{{site.Latitude}}]}"""),
            $$"""{"name":"{{site.Name}}","status":"deposit","commodities":"copper;gold"}""")));
        var file = Gdal.Make(source, driver, extension, ["-t_srs", system, .. options]);
        // A table does not say what it is in.
        var query = extension == "csv" ? $"collection=deposits&crs={system}" : "collection=deposits";

        var import = await server.Registrar().ImportToEnd(file, mediaType, query);

        Assert.True(import.Count("registered") == sites.Length && import.State() == "done", import.ToString());
        var registered = (await server.Nobody().Get("/collections/deposits/items?limit=10000")).Json.GetProperty("features").EnumerateArray()
            .Where(feature => feature.GetProperty("properties").GetProperty("name").GetString()!.StartsWith(name, StringComparison.Ordinal))
            .ToDictionary(feature => feature.GetProperty("properties").GetProperty("name").GetString()!);
        foreach (var site in sites)
        {
            var feature = registered[site.Name];
            var place = feature.GetProperty("geometry").GetProperty("coordinates");
            Assert.Equal(site.Longitude, place[0].GetDouble(), tolerance);
            Assert.Equal(site.Latitude, place[1].GetDouble(), tolerance);
            Assert.Equal("deposit", feature.GetProperty("properties").GetProperty("status").GetString());
            Assert.Equal(["copper", "gold"], feature.GetProperty("properties").GetProperty("commodities").EnumerateArray().Select(item => item.GetString()!));
        }
    }

    [GdalTheory]
    [InlineData("GeoJSON", "geojson", "application/geo+json", "EPSG:32642")]
    [InlineData("GPKG", "gpkg", "application/geopackage+sqlite3", "EPSG:32643")]
    [InlineData("FlatGeobuf", "fgb", "application/vnd.flatgeobuf", "EPSG:3857")]
    public async Task An_outline_of_cells_leads_back_to_just_those_cells(string driver, string extension, string mediaType, string system)
    {
        var source = ImportClient.Collection(ImportClient.FreshBlock(cells: 3)).Replace("[\"lithium\"]", "\"lithium\"", StringComparison.Ordinal);
        var file = Gdal.Make(source, driver, extension, "-t_srs", system);

        var import = await server.ApplicantA().ImportToEnd(file, mediaType);

        Assert.True(import.Count("registered") == 1, import.ToString());
        var (west, south) = JsonDocument.Parse(source).RootElement.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates")[0].EnumerateArray()
            .Select(position => (position[0].GetDouble(), position[1].GetDouble())).Min();
        // The three cells are a minute each: one that the outline's noise had entered would be a fourth, one that it had left would be missing.
        var box = FormattableString.Invariant($"{west + 0.001},{south + 0.001},{west + 0.002},{south + 0.002}");
        var block = (await server.Nobody().Get($"/collections/license-blocks/items?bbox={box}")).Json.GetProperty("features").EnumerateArray().Last();
        Assert.Equal(3, block.GetProperty("properties").GetProperty("cellCount").GetInt32());
    }

    [Theory]
    [InlineData("EPSG:32642", "application/vnd.google-earth.kml+xml", "KML is in WGS 84 always")]
    [InlineData("EPSG:20012", "text/csv", "this one is not read")]
    [InlineData("", "text/csv", "this one is not read")]
    public async Task A_system_that_cannot_be_is_refused(string system, string mediaType, string why)
    {
        var reply = await server.Registrar().Import(Encoding.UTF8.GetBytes("x"), mediaType, $"collection=deposits&crs={system}");

        reply.IsProblem(400, "malformed");
        Assert.Contains(why, reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_says_another_system_than_the_parameter_is_refused()
    {
        const string file = """{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32642"}},"features":[]}""";

        var import = await server.Registrar().ImportToEnd(file, query: "collection=deposits&crs=EPSG:32643");

        Assert.Equal("refused", import.State());
        Assert.Contains("the parameter crs says WGS 84 / UTM zone 43N", import.ToString(), StringComparison.Ordinal);
    }
}
