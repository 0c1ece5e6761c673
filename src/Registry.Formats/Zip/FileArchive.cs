using System.Globalization;
using System.IO.Compression;
using System.Text;
using Registry.Core.GeoJson;

namespace Registry.Formats.Zip;

/// <summary>
/// A zip archive that holds one file of a kind, and files of the same name beside it. Its entries are inflated as they are read, and never
/// written anywhere.
/// </summary>
internal sealed class FileArchive : IDisposable
{
    private static readonly string[] Archives = [".zip", ".kmz", ".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"];

    // What names are in where an entry does not say UTF-8, as Windows in Russian writes them. In another code page their letters are others,
    // but two names that differ stay two.
    private static readonly Encoding s_names = CodePagesEncodingProvider.Instance.GetEncoding(866)!;

    private readonly ZipArchive _zip;
    private readonly ZipLimits _limits;
    private readonly string _name;

    /// <summary>Opens the archive.</summary>
    /// <param name="file">The archive; left open.</param>
    /// <param name="limits">How much of it is read.</param>
    /// <param name="extension">The extension of the one file that it has to hold: <c>.shp</c>.</param>
    /// <param name="kind">What that is, for sentences: <c>shapefile</c>.</param>
    /// <param name="root">The path of the file that leads to the others where there are several; null where there may be one only.</param>
    /// <exception cref="SourceException">It is no archive, passes a limit, or holds none of the kind, or several.</exception>
    public FileArchive(Stream file, ZipLimits limits, string extension, string kind, string? root = null)
    {
        ZipDirectory.Check(file, limits.Entries);
        file.Position = 0;
        _limits = limits;
        _zip = Archive(file);
        try
        {
            _name = Check(extension, kind, root, Math.Max(limits.InflatedBytesOfSmall, limits.Ratio * file.Length));
        }
        catch
        {
            _zip.Dispose();
            throw;
        }
    }

    /// <summary>The paths of the files of the kind; the one that is read first stands first.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>The file, or one of the same name beside it, by its extension; null when the archive has none.</summary>
    /// <exception cref="SourceException">It is damaged; or, while it is read, is not what its directory entry says.</exception>
    public InflatedStream? Open(string extension) => OpenPath(_name + extension);

    /// <summary>A file by its path; null when the archive has none.</summary>
    /// <inheritdoc cref="Open"/>
    public InflatedStream? OpenPath(string path)
    {
        var entry = _zip.Entries.FirstOrDefault(entry => PathOf(entry).Equals(path, StringComparison.OrdinalIgnoreCase));
        try
        {
            return entry is null ? null : new InflatedStream(entry.Open(), entry.Length, entry.Crc32, JsonTokens.Shortened(PathOf(entry)));
        }
        catch (InvalidDataException)
        {
            throw new SourceException($"The archive's entry \"{JsonTokens.Shortened(PathOf(entry!))}\" is damaged.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static ZipArchive Archive(Stream file)
    {
        var zip = default(ZipArchive);
        try
        {
            zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, s_names);
            // Read the directory, which is not done before it is asked for.
            _ = zip.Entries;
            return zip;
        }
        catch (InvalidDataException)
        {
            zip?.Dispose();
            throw new SourceException("The archive's directory is damaged.");
        }
    }

    private string Check(string extension, string kind, string? root, long mostTogether)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var together = 0L;
        foreach (var entry in _zip.Entries)
        {
            var path = PathOf(entry);
            if (IsOfMacintosh(path))
                continue;
            var name = JsonTokens.Shortened(path);
            if (path.Split('/').Contains("..") || path.StartsWith('/') || path.AsSpan().ContainsAny(':', '\0'))
                throw new SourceException($"The archive's entry \"{name}\" leads elsewhere.");
            if (!names.Add(path))
                throw new SourceException($"The archive has \"{name}\" twice.");
            if (Archives.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                throw new SourceException($"The archive holds another archive, \"{name}\".");
            if (entry.Length > _limits.InflatedBytes)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" inflates to more than {_limits.InflatedBytes:#,0} bytes."));
            if ((together += entry.Length) > mostTogether)
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The archive inflates more than {_limits.Ratio} times."));
        }

        Files = [.. names.Where(name => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)).OrderByDescending(name => name.Equals(root, StringComparison.OrdinalIgnoreCase))];
        return Files switch
        {
            [] => throw new SourceException($"The archive holds no {kind} ({extension})."),
            [var first, ..] when Files.Count == 1 || first.Equals(root, StringComparison.OrdinalIgnoreCase) => first[..^extension.Length],
            _ => throw new SourceException($"The archive holds several {kind}s; import them one by one."),
        };
    }

    // Some programs of Windows write paths with its own separator.
    private static string PathOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    // A Macintosh keeps what its file system knows of a file beside it, under the same name behind "._".
    private static bool IsOfMacintosh(string path) =>
        path.StartsWith("__MACOSX/", StringComparison.Ordinal) || path[(path.LastIndexOf('/') + 1)..].StartsWith("._", StringComparison.Ordinal);
}
