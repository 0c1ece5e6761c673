using System.Globalization;
using System.Text.Json;
using Registry.Core.Filters;
using Registry.Core.Filters.Json;
using Registry.Gateway.Collections.Filtering;
using Registry.Gateway.Parameters;
using Registry.Gateway.ReferenceSystems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Collections;

/// <summary>The body of <c>POST /collections/{collection}/search</c>: the parameters of the items as members, the filter as cql2-json.</summary>
/// <param name="Values">The values of <see cref="ItemsParameters.Names"/>, without the filter.</param>
/// <param name="Filter">The filter, checked; null for none.</param>
internal sealed record SearchForm(ReadOnlyMemory<char>?[] Values, FilterExpression? Filter)
{
    private const int MostCharacters = 200;

    /// <summary>Reads the form.</summary>
    /// <param name="body">The body.</param>
    /// <param name="parameters">The parameters of the collection.</param>
    /// <returns>Null when something is at fault; the body's faults then say what.</returns>
    public static SearchForm? Read(Members body, ItemsParameters parameters)
    {
        var values = new ReadOnlyMemory<char>?[parameters.Names.Length];
        values[ItemsParameters.Limit] = ReadNumber(body, LimitParameter.Name, 1);
        values[ItemsParameters.Box] = ReadBox(body);
        values[ItemsParameters.BoxSystem] = ReadText(body, ReferenceSystemParameter.Box);
        values[ItemsParameters.AnswerSystem] = ReadText(body, ReferenceSystemParameter.Answer);
        values[ItemsParameters.DateTime] = ReadText(body, DateTimeParameter.Name);
        ItemsParameters.Set(values, ReadText(body, DateTimeParameter.AsAtName), ReadNumber(body, OffsetParameter.Name, 0));
        return new SearchForm(values, ReadFilter(body, parameters));
    }

    private static FilterExpression? ReadFilter(Members body, ItemsParameters parameters)
    {
        if (ReadText(body, FilterParameters.Language) is { Span: not FilterJson.Name })
            body.Refuse(FilterParameters.Language, $"A filter in a body is written in {FilterJson.Name}.");
        if (ReferenceSystemParameter.Read(FilterParameters.System, ReadText(body, FilterParameters.System), out var system) is { } unknown)
            body.Refuse(FilterParameters.System, unknown.Detail);
        if (body.Optional(FilterParameters.Filter) is not { } written)
            return null;
        if (FilterParameters.Check(FilterJson.Read(written), system, parameters.Queryables!, out var filter) is { } fault)
            body.Faults.Add(body.PointerTo(FilterParameters.Filter) + fault.Place.Pointer, fault.Detail);
        return filter;
    }

    private static ReadOnlyMemory<char>? ReadText(Members body, string name) => body.OptionalText(name, MostCharacters)?.AsMemory();

    private static ReadOnlyMemory<char>? ReadNumber(Members body, string name, int least) =>
        body.Number(name, least, int.MaxValue, required: false)?.ToString(CultureInfo.InvariantCulture).AsMemory();

    // The numbers go on as they were written: what is none is refused where rectangles are read.
    private static ReadOnlyMemory<char>? ReadBox(Members body)
    {
        const int most = 6;
        if (body.Optional(BoundingBoxParameter.Name) is not { } box)
            return null;
        if (box.ValueKind == JsonValueKind.Array && box.GetArrayLength() <= most)
            return string.Join(',', box.EnumerateArray().Select(number => number.GetRawText())).AsMemory();
        body.Refuse(BoundingBoxParameter.Name, "An array of four numbers, or six, was expected.");
        return null;
    }
}
