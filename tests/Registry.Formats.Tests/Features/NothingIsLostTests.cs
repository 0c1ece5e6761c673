using System.Diagnostics;
using System.Text.Json;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Gateway.Tests.Acceptance;
using Registry.Gateway.Tests.Imports;

namespace Registry.Formats.Tests.Features;

/// <summary>
/// Files that are damaged, cut, or mixed, beside what GDAL reads of them: what is read without a word is what GDAL reads, and no feature of
/// GDAL's is neither read nor refused.
/// </summary>
public sealed class NothingIsLostTests
{
    private const int Features = 8;
    private const int Files = 16;

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private sealed record Read(string? Name, double[]? Position);

    [GdalTheory]
    [InlineData("GeoJSON", "geojson")]
    [InlineData("GeoJSONSeq", "geojsonl")]
    [InlineData("CSV", "csv", "-lco", "GEOMETRY=AS_WKT")]
    [InlineData("KML", "kml")]
    [InlineData("LIBKML", "kmz")]
    [InlineData("FlatGeobuf", "fgb", "-lco", "SPATIAL_INDEX=NO")]
    [InlineData("GPKG", "gpkg", "-lco", "SPATIAL_INDEX=NO")]
    [InlineData("ESRI Shapefile", "shp", "-lco", "ENCODING=UTF-8")]
    public async Task What_gdal_reads_is_read_or_refused(string driver, string extension, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        var sound = await Make(directory.Path, driver, extension, options);
        var random = new Random(20_261_128);
        var compared = 0;
        for (var i = 0; i <= Files; i++)
        {
            var here = Directory.CreateDirectory(Path.Combine(directory.Path, $"{i}")).FullName;
            var files = sound.ToDictionary(file => file.Key, file => file.Value.ToArray());
            var damaged = extension != "shp" ? $"f.{extension}" : random.Next(2) == 0 ? "f.shp" : "f.dbf";
            if (i > 0)
                files[damaged] = Damage(files[damaged], random);
            foreach (var (name, content) in files)
                await File.WriteAllBytesAsync(Path.Combine(here, name), content);

            var ours = await Reading.Of(
                extension == "shp" ? Gdal.Zip(files.Select(file => (file.Key, file.Value))) : files[damaged], extension == "shp" ? "zip" : extension);
            // A file that is refused registers nothing, and says so.
            if (ours.End is not null)
                continue;
            var (theirs, isWhole) = await ReadByGdal(Path.Combine(here, $"f.{extension}"));
            Assert.True(ours.Features.Count >= theirs.Count, $"{i}: {ours.Features.Count} features of {theirs.Count}");
            foreach (var read in ours.Features.Select(Registered).OfType<Read>())
            {
                // Where GDAL gave up, what it has not come to is not compared.
                Assert.True(!isWhole || theirs.Exists(other => IsSame(read, other)), $"{i}: {read.Name} at {string.Join(' ', read.Position ?? [])} is none of GDAL's");
                compared++;
            }
        }

        // Of the sound file alone there are as many.
        Assert.InRange(compared, Features, int.MaxValue);
    }

    private static async Task<Dictionary<string, byte[]>> Make(string directory, string driver, string extension, string[] options)
    {
        var source = Path.Combine(directory, "source.geojson");
        var features = Enumerable.Range(0, Features).Select(i =>
            $$$"""{"type":"Feature","properties":{"name":"Участок {{{i}}} of the test","status":"prospect"},"geometry":{"type":"Point","coordinates":[{{{70 + (i / 8)}}}.{{{i % 8}}},49.{{{i}}}]}}""");
        await File.WriteAllTextAsync(source, $$"""{"type":"FeatureCollection","features":[{{string.Join(",", features)}}]}""");
        var target = Directory.CreateDirectory(Path.Combine(directory, "sound")).FullName;
        Assert.True((await Run("ogr2ogr", ["-f", driver, .. options, Path.Combine(target, $"f.{extension}"), source])).IsWhole, driver);
        return Directory.GetFiles(target).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
    }

    // Changes a byte or some, cuts, leaves out, repeats.
    private static byte[] Damage(byte[] file, Random random)
    {
        var at = random.Next(file.Length);
        var length = random.Next(1, Math.Min(200, file.Length - at + 1));
        switch (random.Next(6))
        {
            case 0:
                return file[..at];
            case 1:
                return [.. file[..at], .. file[(at + length)..]];
            case 2:
                return [.. file[..(at + length)], .. file[at..]];
            default:
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                    file[random.Next(file.Length)] = (byte)random.Next(256);
                return file;
        }
    }

    // What would be registered of it; null where it is refused.
    private static Read? Registered(SourceFeature feature)
    {
        if (feature.Faults.Count > 0)
            return null;
        var name = feature.Properties.ValueKind == JsonValueKind.Object
            && feature.Properties.EnumerateObject().FirstOrDefault(property => property.Name.Equals("name", StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } text
                ? text.GetString()!.Trim()
                : null;
        if (string.IsNullOrEmpty(name) || FreeText.FaultOf(name) is not null || feature.Geometry is null)
            return null;
        using var geometry = JsonDocument.Parse(feature.Geometry);
        return GeometryReader.Read(geometry.RootElement, GeoJsonLimits.Default).Faults.Count > 0 ? null : new Read(name, Position(geometry.RootElement));
    }

    private static bool IsSame(Read one, Read other) => one.Name == other.Name
        && one.Position is [var x, var y, ..] && other.Position is [var a, var b, ..] && Math.Abs(x - a) < 1e-9 && Math.Abs(y - b) < 1e-9;

    private static async Task<(List<Read> Features, bool IsWhole)> ReadByGdal(string path)
    {
        var (output, isWhole) = await Run("ogr2ogr", "-f", "GeoJSONSeq", "-lco", "COORDINATE_PRECISION=15", "/vsistdout/", path);
        var features = new List<Read>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var feature = JsonDocument.Parse(line.Trim('\u001e'));
            var name = feature.RootElement.GetProperty("properties").EnumerateObject()
                .FirstOrDefault(property => property.Name.Equals("name", StringComparison.OrdinalIgnoreCase)).Value;
            features.Add(new Read(name.ValueKind == JsonValueKind.String ? name.GetString()!.Trim() : null, Position(feature.RootElement.GetProperty("geometry"))));
        }

        return (features, isWhole);
    }

    private static double[]? Position(JsonElement geometry) =>
        geometry.ValueKind == JsonValueKind.Object && geometry.GetProperty("type").GetString() == "Point"
            ? [.. geometry.GetProperty("coordinates").EnumerateArray().Select(number => number.GetDouble())]
            : null;

    private static async Task<(string Output, bool IsWhole)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(s_limit);
        return (await output, process.ExitCode == 0 && !(await errors).Contains("ERROR", StringComparison.Ordinal));
    }
}
