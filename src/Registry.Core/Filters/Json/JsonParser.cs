using System.Text.Json;

namespace Registry.Core.Filters.Json;

/// <summary>Parses cql2-json (OGC 21-065r2, annex C) from JSON that is already in memory and of bounded depth.</summary>
internal sealed class JsonParser
{
    private readonly FilterBudget _budget;
    private readonly JsonGeometry _geometry;
    private readonly JsonOperations _operations;

    public JsonParser(FilterBudget budget)
    {
        _budget = budget;
        _geometry = new JsonGeometry(budget);
        _operations = new JsonOperations(this, budget);
    }

    /// <summary>A whole filter.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public FilterExpression Parse(JsonElement element) => Parse(element, "");

    /// <summary>A condition or a value.</summary>
    public FilterExpression Parse(JsonElement element, string pointer)
    {
        var place = FilterPlace.At(pointer);
        _budget.Enter(place);
        var parsed = ParseValue(element, pointer, place);
        _budget.Leave();
        return parsed;
    }

    /// <summary>A list of conditions or values.</summary>
    /// <exception cref="FilterFaultException">It is no array.</exception>
    public FilterParts ParseAll(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw new FilterFaultException(FilterPlace.At(pointer), "An array was expected.");
        var parts = new FilterExpression[element.GetArrayLength()];
        var index = 0;
        foreach (var item in element.EnumerateArray())
            parts[index] = Parse(item, $"{pointer}/{index++}");
        return new FilterParts(parts);
    }

    /// <summary>The text of a JSON string.</summary>
    /// <exception cref="FilterFaultException">It is none, or no Unicode.</exception>
    public static string Text(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw new FilterFaultException(FilterPlace.At(pointer), "A text was expected.");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // The one way in which System.Text.Json tells that the escapes of a string are half of a surrogate pair.
            throw new FilterFaultException(FilterPlace.At(pointer), "The text is not Unicode.");
        }
    }

    private FilterExpression ParseValue(JsonElement element, string pointer, FilterPlace place)
    {
        if (element.ValueKind == JsonValueKind.Object)
            return ParseObject(element, pointer, place);
        _budget.Value(place);
        return element.ValueKind switch
        {
            JsonValueKind.String => new TextLiteral(Text(element, pointer)) { Place = place },
            JsonValueKind.Number => new NumberLiteral(JsonGeometry.Number(element, pointer)) { Place = place },
            JsonValueKind.True or JsonValueKind.False => new BooleanLiteral(element.GetBoolean()) { Place = place },
            JsonValueKind.Array => new ArrayLiteral(ParseAll(element, pointer)) { Place = place },
            _ => throw new FilterFaultException(place, "Null is no value of a filter; use the operator isNull."),
        };
    }

    private FilterExpression ParseObject(JsonElement element, string pointer, FilterPlace place)
    {
        if (element.TryGetProperty("op"u8, out var op))
            return _operations.Parse(Text(op, $"{pointer}/op"), element, pointer);
        _budget.Value(place);
        if (element.TryGetProperty("property"u8, out var property))
            return new PropertyName(Text(property, $"{pointer}/property")) { Place = place };
        if (element.TryGetProperty("date"u8, out var date))
            return Instants.Date(Text(date, $"{pointer}/date"), place);
        if (element.TryGetProperty("timestamp"u8, out var timestamp))
            return Instants.Timestamp(Text(timestamp, $"{pointer}/timestamp"), place);
        if (element.TryGetProperty("interval"u8, out var interval))
            return ParseInterval(interval, $"{pointer}/interval", place);
        if (element.TryGetProperty("bbox"u8, out var box))
            return JsonGeometry.Box(box, $"{pointer}/bbox", place);
        if (element.TryGetProperty("type"u8, out _))
            return new GeometryLiteral(_geometry.Read(element, pointer)) { Place = place };
        throw new FilterFaultException(place, "The object has none of the members op, property, date, timestamp, interval, bbox and type.");
    }

    private IntervalLiteral ParseInterval(JsonElement element, string pointer, FilterPlace place)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() != 2)
            throw new FilterFaultException(FilterPlace.At(pointer), "An array of two bounds was expected.");
        return new IntervalLiteral(ParseBound(element[0], $"{pointer}/0"), ParseBound(element[1], $"{pointer}/1")) { Place = place };
    }

    private FilterExpression? ParseBound(JsonElement element, string pointer) => element.ValueKind == JsonValueKind.String
        ? Instants.Bound(Text(element, pointer), FilterPlace.At(pointer))
        : Parse(element, pointer);
}
