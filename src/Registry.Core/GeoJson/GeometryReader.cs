using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>Reads a GeoJSON geometry object (RFC 7946, section 3.1), or says why not. Bad input never makes it throw.</summary>
/// <remarks>
/// Two walks over the text: the first finds the members and refuses what is no JSON, too long or too deep; the second reads positions
/// as plain numbers and counts them. Then lines are checked one by one and edges for crossings; only then is geometry built, and its
/// rings are checked for how they lie to each other.
/// Altitudes are read and dropped; rings are turned to the right-hand rule and never refused for their direction (3.1.6).
/// </remarks>
public static class GeometryReader
{
    private const int DefaultMaxDepth = 64;

    /// <summary>Reads the geometry that begins at the reader's token, at the member's name before it, or at the start of the text.</summary>
    /// <param name="reader">
    /// Holds the value to its end. Stands at its last token afterwards, unless <see cref="GeometryReading.IsBroken"/>.
    /// </param>
    /// <param name="limits">How much is read.</param>
    /// <param name="accepted">The types that the caller takes.</param>
    public static GeometryReading Read(ref Utf8JsonReader reader, GeoJsonLimits limits, GeometryTypes accepted = GeometryTypes.All) =>
        Read(ref reader, limits, accepted, trusted: false);

    /// <summary>Reads a text that is one geometry and nothing else.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="accepted">The types that the caller takes.</param>
    public static GeometryReading Read(ReadOnlySpan<byte> utf8Json, GeoJsonLimits limits, GeometryTypes accepted = GeometryTypes.All)
    {
        if (utf8Json.Length > limits.Bytes)
        {
            var faults = new FaultList(limits.Faults);
            faults.Add("", GeometryMembers.TooManyBytes(limits));
            return GeometryReading.Refused(faults);
        }

        var reader = new Utf8JsonReader(utf8Json);
        var reading = Read(ref reader, limits, accepted, trusted: false);
        return reading.IsBroken || IsAtEnd(ref reader) ? reading : Broken(ref reader, 0);
    }

    /// <summary>Reads the geometry that a parsed element holds, such as the member <c>geometry</c> of a request.</summary>
    /// <param name="element">The element; its document may be disposed of afterwards.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="accepted">The types that the caller takes.</param>
    public static GeometryReading Read(JsonElement element, GeoJsonLimits limits, GeometryTypes accepted = GeometryTypes.All) =>
        Read(JsonMarshal.GetRawUtf8Value(element), limits, accepted);

    /// <summary>Takes a geometry that the reader of another format has built, by the same rules as one that is sent.</summary>
    /// <param name="geometry">The geometry, of one type.</param>
    /// <param name="limits">How much is taken.</param>
    internal static GeometryReading Read(Geometry geometry, GeoJsonLimits limits)
    {
        var faults = new FaultList(limits.Faults);
        var positions = new GeometryPositions(limits, faults).Of(geometry);
        return faults.IsEmpty
            ? Check(Enum.Parse<GeometryTypes>(geometry.GeometryType), positions, limits, faults, trusted: false)
            : GeometryReading.Refused(faults);
    }

    /// <summary>Reads a geometry; the registry's own is trusted to be valid and comes back position by position as it was written.</summary>
    internal static GeometryReading Read(ref Utf8JsonReader reader, GeoJsonLimits limits, GeometryTypes accepted, bool trusted)
    {
        var start = reader.TokenStartIndex;
        try
        {
            if (reader.TokenType is JsonTokenType.None or JsonTokenType.PropertyName)
                JsonTokens.Advance(ref reader);
            start = reader.TokenStartIndex;
            return ReadValue(ref reader, limits, accepted, trusted);
        }
        catch (JsonException)
        {
            return Broken(ref reader, start);
        }
    }

    private static GeometryReading ReadValue(ref Utf8JsonReader reader, GeoJsonLimits limits, GeometryTypes accepted, bool trusted)
    {
        var faults = new FaultList(limits.Faults);
        var members = GeometryMembers.Find(ref reader, limits, faults);
        if (!faults.IsEmpty || !TryAccept(members.Type!, accepted, faults, out var type))
            return GeometryReading.Refused(faults);

        var coordinates = members.Coordinates;
        var positions = new CoordinatesParser(Levels(type), limits, faults, trusted).Parse(ref coordinates);
        return Check(type, positions, limits, faults, trusted);
    }

    private static GeometryReading Check(GeometryTypes type, PositionList positions, GeoJsonLimits limits, FaultList faults, bool trusted)
    {
        if (faults.IsEmpty)
            LineChecks.Check(type, positions, limits, faults, trusted);
        var isUnprovenArea = !trusted && (type & GeometryTypes.Areas) != 0;
        if (faults.IsEmpty && isUnprovenArea)
            CrossingCheck.Check(positions, limits, faults);
        if (!faults.IsEmpty)
            return GeometryReading.Refused(faults);

        var geometry = GeometryBuilder.Build(type, positions, rightHanded: !trusted);
        if (isUnprovenArea)
            geometry = AreaCheck.Check(geometry, positions, limits.TouchingParts, faults);
        return faults.IsEmpty ? GeometryReading.Sound(geometry) : GeometryReading.Refused(faults);
    }

    private static bool TryAccept(string name, GeometryTypes accepted, FaultList faults, out GeometryTypes type)
    {
        type = name switch
        {
            nameof(GeometryTypes.Point) => GeometryTypes.Point,
            nameof(GeometryTypes.MultiPoint) => GeometryTypes.MultiPoint,
            nameof(GeometryTypes.LineString) => GeometryTypes.LineString,
            nameof(GeometryTypes.MultiLineString) => GeometryTypes.MultiLineString,
            nameof(GeometryTypes.Polygon) => GeometryTypes.Polygon,
            nameof(GeometryTypes.MultiPolygon) => GeometryTypes.MultiPolygon,
            _ => GeometryTypes.None,
        };
        if ((type & accepted) != GeometryTypes.None)
            return true;
        var what = (name, type) switch
        {
            ("GeometryCollection", _) => "A GeometryCollection is not accepted",
            ("Feature" or "FeatureCollection", _) => $"A geometry was expected, not a {name}",
            (_, GeometryTypes.None) => $"There is no geometry type \"{JsonTokens.Shortened(name)}\"",
            _ => $"A {name} is not accepted",
        };
        faults.Add("/type", $"{what}; accepted here: {Names(accepted)}.");
        return false;
    }

    private static string Names(GeometryTypes types) =>
        string.Join(", ", Enum.GetValues<GeometryTypes>().Where(type => int.IsPow2((int)type) && types.HasFlag(type)));

    private static int Levels(GeometryTypes type) => type switch
    {
        GeometryTypes.Point => 0,
        GeometryTypes.MultiPoint or GeometryTypes.LineString => 1,
        GeometryTypes.MultiLineString or GeometryTypes.Polygon => 2,
        _ => 3,
    };

    private static bool IsAtEnd(ref Utf8JsonReader reader)
    {
        try
        {
            return !reader.Read();
        }
        catch (JsonException)
        {
            // Anything after the value is refused by System.Text.Json in this way alone.
            return false;
        }
    }

    private static GeometryReading Broken(ref Utf8JsonReader reader, long start)
    {
        var mostDepth = reader.CurrentState.Options.MaxDepth is var most and > 0 ? most : DefaultMaxDepth;
        var detail = JsonTokens.DepthWithin(ref reader) >= mostDepth
            ? string.Create(CultureInfo.InvariantCulture, $"Arrays and objects nest deeper than {mostDepth} levels.")
            : string.Create(CultureInfo.InvariantCulture, $"The text is not JSON or is cut short: no sense after byte {reader.BytesConsumed - start}.");
        return GeometryReading.Broken(new GeometryFault("", detail));
    }
}
