using System.Globalization;
using Registry.Core.GeoJson;

namespace Registry.Formats.Features;

/// <summary>How much is read of a file that is imported, in every format. The bytes of the whole file are the caller's to count.</summary>
public sealed record SourceLimits
{
    /// <summary>What holds where nothing else is said.</summary>
    public static SourceLimits Default { get; } = new();

    /// <summary>The limits of each geometry: bytes, positions, rings.</summary>
    public GeoJsonLimits Geometry { get; init; } = GeoJsonLimits.Default;

    /// <summary>Most features in a file.</summary>
    public int Features { get; init; } = 100_000;

    /// <summary>Most columns of a table.</summary>
    public int Columns { get; init; } = 200;

    /// <summary>Most characters of the name of a column: it is in the file once, and in the properties of every feature.</summary>
    public int NameCharacters { get; init; } = 200;

    /// <summary>Most bytes of the properties of one feature.</summary>
    public int PropertyBytes { get; init; } = 1_000_000;

    /// <summary>
    /// Most that the properties of all features together may take: each 16 bytes, and those of its name and value as JSON. A row of a table
    /// can have two hundred of them in hardly more bytes, and an archive inflates to many rows.
    /// </summary>
    public long PropertyBytesOfFile { get; init; } = long.MaxValue;

    /// <summary>
    /// Most bytes of the geometries of all features together, as GeoJSON: a position takes a microsecond to check, and an archive inflates to many.
    /// </summary>
    public long GeometryBytesOfFile { get; init; } = long.MaxValue;

    /// <summary>Refuses a name of a column that is too long.</summary>
    /// <exception cref="SourceException">It is.</exception>
    public void CheckName(string name)
    {
        if (name.Length > NameCharacters)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The name of a column is longer than {NameCharacters} characters."));
    }

    /// <summary>The end of reading a file that has more features than are read.</summary>
    public SourceFeature TooMany() => SourceFeature.Unreadable(
        Features, string.Create(CultureInfo.InvariantCulture, $"The file has more than {Features:#,0} features; import it in parts."));

    /// <summary>The end of reading a file whose features are more than is read of one of its size; null where they are not.</summary>
    /// <param name="index">How many features came before.</param>
    /// <param name="propertyBytes">What the properties of all of them take.</param>
    /// <param name="geometryBytes">What their geometries take.</param>
    public SourceFeature? TooMuch(long index, long propertyBytes, long geometryBytes) =>
        propertyBytes > PropertyBytesOfFile ? SourceFeature.Unreadable(
            index, "The features have too many properties for the size of the file; leave out columns that are not needed, and give others short names.")
        : geometryBytes > GeometryBytesOfFile ? SourceFeature.Unreadable(
            index, "The features have too many positions for the size of the file; simplify their geometries, or import it in parts.")
        : null;
}
