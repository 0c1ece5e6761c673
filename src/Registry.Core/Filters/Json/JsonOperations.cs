using System.Text.Json;

namespace Registry.Core.Filters.Json;

/// <summary>The objects of cql2-json that have an operator and its arguments: <c>{"op": "and", "args": [...]}</c>.</summary>
internal sealed class JsonOperations(JsonParser parser, FilterBudget budget)
{
    /// <summary>One operation.</summary>
    /// <param name="op">The operator's name.</param>
    /// <param name="element">The object.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <exception cref="FilterFaultException">The arguments are not what the operator takes.</exception>
    public FilterExpression Parse(string op, JsonElement element, string pointer)
    {
        var place = FilterPlace.At(pointer);
        budget.Operation(place);
        if (!element.TryGetProperty("args"u8, out var list) || list.ValueKind != JsonValueKind.Array)
            throw new FilterFaultException(place, "The object has no array args beside its op.");
        if (op == "in")
            return ParseIn(list, pointer, place);
        var args = parser.ParseAll(list, $"{pointer}/args");
        return (ParseLogic(op, args) ?? ParsePair(op, args) ?? ParseOther(op, args)) with { Place = place };

        FilterExpression? ParseLogic(string name, FilterParts parts) => name switch
        {
            "and" => new AllOf(AtLeastTwo(parts, place)),
            "or" => new AnyOf(AtLeastTwo(parts, place)),
            "not" => new Not(Exactly(1, parts, place)[0]),
            "isNull" => new IsNull(Exactly(1, parts, place)[0]),
            _ => null,
        };

        FilterExpression? ParsePair(string name, FilterParts parts)
        {
            if (FilterVocabulary.Comparisons.TryGetValue(name, out var comparison))
                return new Comparison(comparison, Exactly(2, parts, place)[0], parts[1]);
            if (FilterVocabulary.Calculations.TryGetValue(name, out var calculation))
                return new Arithmetic(calculation, Exactly(2, parts, place)[0], parts[1]);
            if (FilterVocabulary.Spatial.TryGetValue(name, out var spatial))
                return new SpatialPredicate(spatial, Exactly(2, parts, place)[0], parts[1]);
            if (FilterVocabulary.Temporal.TryGetValue(name, out var temporal))
                return new TemporalPredicate(temporal, Exactly(2, parts, place)[0], parts[1]);
            return FilterVocabulary.Arrays.TryGetValue(name, out var relation)
                ? new ArrayPredicate(relation, Exactly(2, parts, place)[0], parts[1])
                : null;
        }

        FilterExpression ParseOther(string name, FilterParts parts) => name switch
        {
            "like" => new Like(Exactly(2, parts, place)[0], parts[1]),
            "between" => new Between(Exactly(3, parts, place)[0], parts[1], parts[2]),
            "casei" => new CaseFolded(Exactly(1, parts, place)[0]),
            "accenti" => new AccentFolded(Exactly(1, parts, place)[0]),
            _ => new FunctionCall(name, parts),
        };
    }

    private In ParseIn(JsonElement list, string pointer, FilterPlace place)
    {
        if (list.GetArrayLength() != 2)
            throw Arguments("two arguments", place);
        var items = parser.ParseAll(list[1], $"{pointer}/args/1");
        return items.Count > 0
            ? new In(parser.Parse(list[0], $"{pointer}/args/0"), items) { Place = place }
            : throw new FilterFaultException(FilterPlace.At($"{pointer}/args/1"), "The list is empty.");
    }

    private static FilterParts AtLeastTwo(FilterParts parts, FilterPlace place) =>
        parts.Count >= 2 ? parts : throw Arguments("two arguments or more", place);

    private static FilterParts Exactly(int count, FilterParts parts, FilterPlace place) =>
        parts.Count == count ? parts : throw Arguments(count switch { 1 => "one argument", 2 => "two arguments", _ => "three arguments" }, place);

    private static FilterFaultException Arguments(string count, FilterPlace place) => new(place, $"The operator takes {count}.");
}
