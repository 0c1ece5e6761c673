using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Makes files of other formats with ogr2ogr.</summary>
internal static class Gdal
{
    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(directory => File.Exists(Path.Combine(directory, "ogr2ogr")));

    /// <summary>A GeoJSON text in another format, as ogr2ogr writes it.</summary>
    /// <param name="geoJson">The features.</param>
    /// <param name="driver">GDAL's name of the format.</param>
    /// <param name="extension">The extension of its files.</param>
    /// <param name="options">Further options.</param>
    public static byte[] Make(string geoJson, string driver, string extension, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        var (source, target) = (Path.Combine(directory.Path, "source.geojson"), Path.Combine(directory.Path, $"target.{extension}"));
        File.WriteAllText(source, geoJson);
        using var process = Process.Start(new ProcessStartInfo("ogr2ogr", ["-f", driver, .. options, target, source]) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return extension == "shp" ? Zip(Directory.GetFiles(directory.Path, "target.*").Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))) : File.ReadAllBytes(target);
    }

    /// <summary>A zip archive.</summary>
    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }
}
