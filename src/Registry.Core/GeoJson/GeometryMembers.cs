using System.Globalization;
using System.Text.Json;

namespace Registry.Core.GeoJson;

/// <summary>
/// The first of two walks over a geometry object: finds its members in whatever order they come, and everything that is wrong with
/// the object itself, without reading a position.
/// </summary>
internal ref struct GeometryMembers
{
    /// <summary>The value of <c>type</c>; null when it is missing or at fault.</summary>
    public string? Type { get; private set; }

    /// <summary>Whether there is a member <c>coordinates</c>.</summary>
    public bool HasCoordinates { get; private set; }

    /// <summary>A reader that stands at the value of <c>coordinates</c>.</summary>
    public Utf8JsonReader Coordinates { get; private set; }

    /// <summary>Reads the object at which the reader stands and goes to its last token.</summary>
    /// <exception cref="JsonException">The text is not JSON or is cut short.</exception>
    public static GeometryMembers Find(ref Utf8JsonReader reader, GeoJsonLimits limits, FaultList faults)
    {
        var members = default(GeometryMembers);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            faults.Add("", $"A geometry is an object with type and coordinates, not {JsonTokens.Describe(ref reader)}.");
            JsonTokens.SkipValue(ref reader);
            return members;
        }

        var start = reader.TokenStartIndex;
        members.FindAll(ref reader, limits, faults);
        if (reader.BytesConsumed - start > limits.Bytes)
            faults.Add("", TooManyBytes(limits));
        else if (faults.IsEmpty)
            members.RequireBoth(faults);
        return members;
    }

    /// <summary>The sentence for a geometry that is too long.</summary>
    public static string TooManyBytes(GeoJsonLimits limits) =>
        string.Create(CultureInfo.InvariantCulture, $"The geometry is longer than {limits.Bytes:#,0} bytes.");

    private void FindAll(ref Utf8JsonReader reader, GeoJsonLimits limits, FaultList faults)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndObject; JsonTokens.Advance(ref reader))
        {
            if (!JsonTokens.TryGetText(ref reader, out var name))
            {
                faults.Add("", "The name of a member is not Unicode text.");
                name = "";
            }
            else if (!names.Add(name))
            {
                faults.Add(JsonTokens.PointerTo(name), $"The member \"{JsonTokens.Shortened(name)}\" is there twice.");
            }

            JsonTokens.Advance(ref reader);
            FindOne(ref reader, name, limits, faults);
        }
    }

    private void FindOne(ref Utf8JsonReader reader, string name, GeoJsonLimits limits, FaultList faults)
    {
        switch (name)
        {
            case "type":
                if (reader.TokenType == JsonTokenType.String && JsonTokens.TryGetText(ref reader, out var type))
                    Type = type;
                else
                    faults.Add("/type", $"The name of a geometry type was expected, not {JsonTokens.Describe(ref reader)}.");
                break;
            case "crs":
                if (CoordinateReference.Fault(ref reader) is { } other)
                    faults.Add("/crs", other);
                return;
            case "coordinates":
                HasCoordinates = true;
                Coordinates = reader;
                break;
        }

        // The value's own arrays stand inside the object, which is the first level.
        if (JsonTokens.SkipValue(ref reader) + 1 > limits.Depth)
            faults.Add(JsonTokens.PointerTo(name), string.Create(CultureInfo.InvariantCulture, $"Arrays and objects nest deeper than {limits.Depth} levels."));
    }

    private readonly void RequireBoth(FaultList faults)
    {
        if (Type is null)
            faults.Add("", "The member \"type\" is missing.");
        if (!HasCoordinates && Type is not ("GeometryCollection" or "Feature" or "FeatureCollection"))
            faults.Add("", "The member \"coordinates\" is missing.");
    }
}
