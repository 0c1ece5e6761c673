using System.Text.Json;

namespace Registry.Core.Filters.Json;

/// <summary>Reads and writes filters as cql2-json (OGC 21-065r2, 8.3 and annex C).</summary>
public static class FilterJson
{
    /// <summary>The name of the encoding, as <c>filter-lang</c> has it.</summary>
    public const string Name = "cql2-json";

    /// <summary>How deep JSON may nest that holds a filter of <see cref="FilterLimits.Depth"/>: two levels each, a geometry, and what is around it.</summary>
    public const int MaxDepth = 256;

    /// <summary>Reads a filter. Bad input never makes it throw.</summary>
    /// <param name="utf8Json">The text, in UTF-8.</param>
    /// <param name="limits">How much is read; <see cref="FilterLimits.Default"/> where null.</param>
    public static FilterReading Read(ReadOnlyMemory<byte> utf8Json, FilterLimits? limits = null) => FilterReading.Of(() =>
    {
        using var document = Parse(utf8Json);
        return new JsonParser(new FilterBudget(limits ?? FilterLimits.Default)).Parse(document.RootElement);
    });

    /// <summary>Reads the filter that a parsed element holds.</summary>
    /// <param name="element">The element; its document may be disposed of afterwards.</param>
    /// <param name="limits">How much is read; <see cref="FilterLimits.Default"/> where null.</param>
    public static FilterReading Read(JsonElement element, FilterLimits? limits = null) =>
        FilterReading.Of(() => new JsonParser(new FilterBudget(limits ?? FilterLimits.Default)).Parse(element));

    /// <summary>Writes a filter so that reading leads back to an equal one.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="filter">The filter.</param>
    public static void Write(Utf8JsonWriter json, FilterExpression filter) => JsonFilterWriter.Write(json, filter);

    /// <summary>A filter as cql2-json in UTF-8: equal filters give equal bytes.</summary>
    public static byte[] Encode(FilterExpression filter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, filter);
        return buffer.ToArray();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            return JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException fault)
        {
            throw new FilterFaultException(FilterPlace.At(""), string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The filter is not JSON, or nests deeper than {MaxDepth} levels: no sense in line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
        }
    }
}
