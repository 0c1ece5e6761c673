using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Registry.Gateway.Map;

/// <summary>
/// The files of the map, as <c>src/Registry.Map</c> built them: they lie in the folder <c>page</c> beside the program, and are read once.
/// Where Node.js was missing when the program was built there are none.
/// </summary>
internal sealed class MapFiles
{
    private const string CompressedEnding = ".br";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".mjs"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private readonly FrozenDictionary<string, MapFile> _assets;

    /// <summary>Reads them.</summary>
    /// <param name="folder">Where they lie; it need not be there.</param>
    /// <exception cref="InvalidDataException">A file is of a kind that the registry does not serve.</exception>
    public MapFiles(string folder)
    {
        var page = System.IO.Path.Combine(folder, "index.html");
        var assets = System.IO.Path.Combine(folder, "map");
        Page = File.Exists(page) ? Read(page, "text/html; charset=utf-8") : null;
        _assets = (Directory.Exists(assets) ? Directory.EnumerateFiles(assets) : [])
            .Where(static path => !path.EndsWith(CompressedEnding, StringComparison.Ordinal))
            .ToFrozenDictionary(static path => System.IO.Path.GetFileName(path), static path => Read(path, TypeOf(path)), StringComparer.Ordinal);
    }

    /// <summary>The page itself; null where the map was not built.</summary>
    public MapFile? Page { get; }

    /// <summary>A file that the page loads, by its name, which has a hash of its content in it; null where there is none.</summary>
    public MapFile? Find(string name) => _assets.GetValueOrDefault(name);

    private static MapFile Read(string path, string type)
    {
        var bytes = File.ReadAllBytes(path);
        var compressed = path + CompressedEnding;
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"";
        return new MapFile(bytes, File.Exists(compressed) ? File.ReadAllBytes(compressed) : null, type, tag);
    }

    private static string TypeOf(string path) => Types.TryGetValue(System.IO.Path.GetExtension(path), out var type)
        ? type
        : throw new InvalidDataException($"{path} is of no kind that the map is made of.");
}

/// <summary>A file of the map.</summary>
/// <param name="Bytes">Its content.</param>
/// <param name="Brotli">The same, compressed once and well; null where that is no use.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">Its ETag, with quotation marks.</param>
internal sealed record MapFile(byte[] Bytes, byte[]? Brotli, string ContentType, string Tag);
