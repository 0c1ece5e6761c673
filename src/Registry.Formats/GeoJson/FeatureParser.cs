using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.GeoJson;

/// <summary>Reads one feature (RFC 7946, section 3.2) from text that is known to be JSON.</summary>
/// <param name="limits">How much is read of it.</param>
/// <param name="accepted">The types of geometry that the caller takes.</param>
/// <param name="system">What its positions are given in.</param>
internal sealed class FeatureParser(GeoJsonLimits limits, GeometryTypes accepted, SourceSystem system)
{
    private readonly FaultList _faults = new(limits.Faults);
    private string? _id;
    private JsonElement _properties;
    private GeometryReading? _geometry;

    /// <summary>Reads the feature; what is wrong with it is in the answer.</summary>
    /// <param name="utf8Json">The feature.</param>
    /// <param name="index">Its place in the file.</param>
    /// <param name="limits">How much is read of it.</param>
    /// <param name="accepted">The types of geometry that the caller takes.</param>
    /// <param name="said">What its positions are given in, as its file or the sender says; null where only the feature can say so.</param>
    public static GeoJsonFeature Parse(ReadOnlySpan<byte> utf8Json, long index, GeoJsonLimits limits, GeometryTypes accepted, SourceSystem? said)
    {
        var fault = GeoJsonSystem.ReadNamed(utf8Json, out var named);
        if (fault is null && named is not null && said is not null && !named.IsSame(said))
            fault = $"The feature names {named.Name}, and what is around it {said.Name}.";
        return fault is null
            ? new FeatureParser(limits, accepted, named ?? said ?? SourceSystem.Wgs84).Parse(utf8Json, index)
            : new GeoJsonFeature { Index = index, Faults = [new GeometryFault("/crs", fault)] };
    }

    private GeoJsonFeature Parse(ReadOnlySpan<byte> utf8Json, long index)
    {
        var reader = new Utf8JsonReader(utf8Json);
        reader.Read();
        if (!Utf8.IsValid(utf8Json))
            _faults.Add("", "The feature is not UTF-8 text.");
        else if (reader.TokenType != JsonTokenType.StartObject)
            _faults.Add("", $"A feature is an object, not {JsonTokens.Describe(ref reader)}.");
        else
            ReadMembers(ref reader, utf8Json);
        return new GeoJsonFeature { Index = index, Id = _id, Properties = _properties, Geometry = _geometry, Faults = _faults.ToArray() };
    }

    private void ReadMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> feature)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (JsonTokens.Advance(ref reader); reader.TokenType != JsonTokenType.EndObject; JsonTokens.Advance(ref reader))
        {
            if (!JsonTokens.TryGetText(ref reader, out var name))
            {
                _faults.Add("", "The name of a member is not Unicode text.");
                name = "";
            }
            else if (!names.Add(name))
            {
                _faults.Add(JsonTokens.PointerTo(name), $"The member \"{JsonTokens.Shortened(name)}\" is there twice.");
            }

            JsonTokens.Advance(ref reader);
            ReadMember(ref reader, feature, name);
        }

        if (!names.Contains("type"))
            _faults.Add("", "The member \"type\" is missing.");
        if (!names.Contains("geometry"))
            _faults.Add("", "The member \"geometry\" is missing; null is written where there is none.");
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> feature, string name)
    {
        switch (name)
        {
            case "type":
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("Feature"u8))
                    _faults.Add("/type", $"\"Feature\" was expected, not {JsonTokens.Describe(ref reader)}.");
                break;
            case "id":
                ReadId(ref reader);
                break;
            case "properties":
                ReadProperties(ref reader);
                return;
            case "geometry" when reader.TokenType != JsonTokenType.Null:
                ReadGeometry(ref reader, feature);
                return;
        }

        JsonTokens.SkipValue(ref reader);
    }

    private void ReadGeometry(ref Utf8JsonReader reader, ReadOnlySpan<byte> feature)
    {
        if (system.IsWgs84)
        {
            _geometry = GeometryReader.Read(ref reader, limits, accepted);
        }
        else
        {
            var start = (int)reader.TokenStartIndex;
            JsonTokens.SkipValue(ref reader);
            if (GeoJsonSystem.Transform(feature[start..(int)reader.BytesConsumed], system, limits.Vertices, out var transformed) is { } none)
            {
                _faults.Add("/geometry", none);
                return;
            }

            var inner = new Utf8JsonReader(transformed);
            JsonTokens.Advance(ref inner);
            _geometry = GeometryReader.Read(ref inner, limits, accepted);
        }

        foreach (var fault in _geometry.Faults)
            _faults.AddUnder("/geometry", fault);
    }

    private void ReadId(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            _id = Encoding.UTF8.GetString(reader.ValueSpan);
        else if (reader.TokenType != JsonTokenType.String || !JsonTokens.TryGetText(ref reader, out _id))
            _faults.Add("/id", $"An id is a text or a number, not {JsonTokens.Describe(ref reader)}.");
    }

    private void ReadProperties(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        var found = JsonTokens.Describe(ref reader);
        var first = reader;
        var allText = IsAllText(ref reader);
        if (!isObject)
            _faults.Add("/properties", $"Properties are an object or null, not {found}.");
        else if (!allText)
            _faults.Add("/properties", "A text among the properties is not Unicode.");
        else
            _properties = JsonElement.ParseValue(ref first);
    }

    /// <summary>
    /// Goes to the last token of the value; says whether every text in it can be had, so that whoever asks the
    /// <see cref="JsonElement"/> for one later does not meet an exception.
    /// </summary>
    private static bool IsAllText(ref Utf8JsonReader reader)
    {
        var outside = reader.CurrentDepth;
        var allText = IsText(ref reader);
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return allText;
        do
        {
            JsonTokens.Advance(ref reader);
            allText &= IsText(ref reader);
        }
        while (reader.CurrentDepth > outside);

        return allText;
    }

    /// <summary>The bytes are known to be UTF-8, so only an escape can spell half of a surrogate pair.</summary>
    private static bool IsText(ref Utf8JsonReader reader) =>
        reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName)
        || !reader.ValueIsEscaped
        || JsonTokens.TryGetText(ref reader, out _);
}
