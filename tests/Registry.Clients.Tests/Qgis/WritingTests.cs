using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Clients.Tests.Qgis;

/// <summary>What QGIS saves is imported as it was: attribute by attribute, position by position.</summary>
public sealed class WritingTests(EmptyRegistry registry) : IClassFixture<EmptyRegistry>
{
    // A tenth of a millimetre for the rounding, a millimetre for the projection.
    private const double ExactDegrees = 1.5e-8;

    // PROJ chooses parameters of Pulkovo 1942 by itself; theirs and the official ones are said to be right to some metres.
    private const double DatumDegrees = 1e-4;

    private const string Table = "text/csv", Shapefile = "application/zip";

    [QgisTheory]
    [InlineData("geojson", "GeoJSON", "application/geo+json", "EPSG:4326", "UTF-8", ExactDegrees)]
    [InlineData("geojson", "GeoJSON", "application/geo+json", "EPSG:32642", "UTF-8", ExactDegrees)]
    [InlineData("geojson", "GeoJSON", "application/geo+json", "EPSG:28412", "UTF-8", DatumDegrees)]
    [InlineData("csv", "CSV", Table, "EPSG:32642", "windows-1251", ExactDegrees, "GEOMETRY=AS_WKT")]
    [InlineData("csv", "CSV", Table, "EPSG:28412", "UTF-8", DatumDegrees, "GEOMETRY=AS_WKT", "SEPARATOR=SEMICOLON")]
    [InlineData("csv", "CSV", Table, "EPSG:4326", "UTF-8", ExactDegrees, "GEOMETRY=AS_XY")]
    [InlineData("kml", "KML", "application/vnd.google-earth.kml+xml", "EPSG:4326", "UTF-8", ExactDegrees)]
    [InlineData("fgb", "FlatGeobuf", "application/vnd.flatgeobuf", "EPSG:32642", "UTF-8", ExactDegrees)]
    [InlineData("fgb", "FlatGeobuf", "application/vnd.flatgeobuf", "EPSG:28412", "UTF-8", DatumDegrees)]
    [InlineData("gpkg", "GPKG", "application/geopackage+sqlite3", "EPSG:32642", "UTF-8", ExactDegrees)]
    [InlineData("gpkg", "GPKG", "application/geopackage+sqlite3", "EPSG:4284", "UTF-8", DatumDegrees)]
    [InlineData("shp", "ESRI Shapefile", Shapefile, "EPSG:32642", "windows-1251", ExactDegrees)]
    [InlineData("shp", "ESRI Shapefile", Shapefile, "EPSG:28412", "windows-1251", DatumDegrees)]
    [InlineData("shp", "ESRI Shapefile", Shapefile, "EPSG:3857", "UTF-8", ExactDegrees)]
    public async Task Attributes_and_positions_are_those_of_the_source(
        string extension, string driver, string mediaType, string system, string encoding, double tolerance, params string[] options)
    {
        var mark = Guid.NewGuid().ToString("N");
        var sites = new[] { new Site($"Жезды № 1 {mark}", 70.125, 49.0625), new Site($"Ёлка, \"Большая\" {mark}", 68.3, 47.9) };
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, $"sites.{extension}");
        await QgisProvider.Write(
            JsonSerializer.Serialize(sites.Select(site => new { name = site.Name, status = "deposit", commodities = "copper;gold", lon = site.Longitude, lat = site.Latitude })),
            [path, driver, system, encoding, .. options]);

        // A table says neither its reference system nor its encoding.
        var query = extension == "csv" ? $"&crs={system}&encoding={encoding}" : "";
        var import = await registry.Import(extension == "shp" ? Zipped(directory.Path) : await File.ReadAllBytesAsync(path), mediaType, query);

        Assert.True(import.GetProperty("registered").GetInt32() == sites.Length, import.ToString());
        var found = (await registry.Items($"filter=name LIKE '%25{mark}'")).ToDictionary(feature => feature.GetProperty("properties").GetProperty("name").GetString()!);
        foreach (var site in sites)
        {
            var place = found[site.Name].GetProperty("geometry").GetProperty("coordinates");
            Assert.Equal(site.Longitude, place[0].GetDouble(), tolerance);
            Assert.Equal(site.Latitude, place[1].GetDouble(), tolerance);
            var properties = found[site.Name].GetProperty("properties");
            Assert.Equal("deposit", properties.GetProperty("status").GetString());
            Assert.Equal(["copper", "gold"], properties.GetProperty("commodities").EnumerateArray().Select(item => item.GetString()!));
        }
    }

    private static byte[] Zipped(string directory)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.GetFiles(directory, "sites.*"))
                zip.CreateEntryFromFile(file, Path.GetFileName(file));
        }

        return memory.ToArray();
    }

    private sealed record Site(string Name, double Longitude, double Latitude);
}

/// <summary>A running registry without anything in it.</summary>
public sealed class EmptyRegistry : IAsyncLifetime, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private RegistryProcess? _process;
    private HttpClient _client = new();

    public async Task InitializeAsync()
    {
        _process = await RegistryProcess.Start(_directory.Path);
        _client = _process.Client();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev-registrar");
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Imports a file of deposits and waits for its end.</summary>
    /// <returns>The import.</returns>
    public async Task<JsonElement> Import(byte[] file, string mediaType, string query)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var taken = await _client.PostAsync(new Uri($"/imports?collection=deposits{query}", UriKind.Relative), content);
        Assert.True((int)taken.StatusCode == 202, await taken.Content.ReadAsStringAsync());
        var import = taken.Headers.Location!;
        // The events end with the import.
        await _client.GetStringAsync(new Uri($"{import}/events", UriKind.RelativeOrAbsolute));
        return JsonDocument.Parse(await _client.GetStringAsync(import)).RootElement;
    }

    /// <summary>Deposits.</summary>
    public async Task<IReadOnlyList<JsonElement>> Items(string query) => [.. JsonDocument.Parse(
        await _client.GetStringAsync(new Uri($"/collections/deposits/items?limit=100&{query}", UriKind.Relative))).RootElement.GetProperty("features").EnumerateArray()];
}
