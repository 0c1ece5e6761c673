using System.Globalization;
using System.IO.Compression;
using Registry.Core.GeoJson;
using Registry.Formats.Features;

namespace Registry.Formats.Shapefile;

/// <summary>A zip archive that holds the files of one shapefile. Its entries are inflated as they are read, and never written anywhere.</summary>
internal sealed class ShapefileArchive : IDisposable
{
    private static readonly string[] Archives = [".zip", ".kmz", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"];

    private readonly ZipArchive _zip;
    private readonly ZipLimits _limits;
    private readonly string _name;

    /// <summary>Opens the archive.</summary>
    /// <exception cref="SourceException">It passes a limit, or holds no shapefile, or several.</exception>
    /// <exception cref="InvalidDataException">It is no archive.</exception>
    public ShapefileArchive(Stream file, ZipLimits limits)
    {
        ZipDirectory.Check(file, limits.Entries);
        file.Position = 0;
        _limits = limits;
        _zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            _name = Check();
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>A file of the shapefile by its extension; null when the archive has none.</summary>
    /// <exception cref="SourceException">While it is read: it inflates to more than its directory entry says.</exception>
    public Stream? Open(string extension)
    {
        var entry = _zip.Entries.FirstOrDefault(entry => entry.FullName.Equals(_name + extension, StringComparison.OrdinalIgnoreCase));
        return entry is null ? null : new InflatedStream(entry.Open(), entry.Length);
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private string Check()
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in _zip.Entries)
        {
            var name = JsonTokens.Shortened(entry.FullName);
            if (entry.FullName.Contains("..", StringComparison.Ordinal) || entry.FullName.StartsWith('/')
                || entry.FullName.AsSpan().ContainsAny('\\', ':', '\0'))
                throw new SourceException($"The archive's entry \"{name}\" leads elsewhere.");
            if (!names.Add(entry.FullName))
                throw new SourceException($"The archive has \"{name}\" twice.");
            if (Archives.Contains(Path.GetExtension(entry.FullName), StringComparer.OrdinalIgnoreCase))
                throw new SourceException($"The archive holds another archive, \"{name}\".");
            if (entry.Length > _limits.InflatedBytes)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" inflates to more than {_limits.InflatedBytes:#,0} bytes."));
            if (entry.Length > 4096 && entry.Length > (long)_limits.Ratio * Math.Max(1, entry.CompressedLength))
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" inflates more than {_limits.Ratio} times."));
        }

        return names.Where(name => name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase)).Select(name => name[..^4]).ToList() switch
        {
            [var only] => only,
            [] => throw new SourceException("The archive holds no shapefile (.shp)."),
            _ => throw new SourceException("The archive holds several shapefiles; import them one by one."),
        };
    }
}
