using System.Globalization;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;
using Registry.Core.Filters.Text;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections.Filtering;

/// <summary>Queryables as parameters by their own names: <c>?status=granted&amp;holder.country=KZ&amp;commodities=lithium</c>.</summary>
internal static class PropertyParameters
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="properties">The queryables.</param>
    /// <param name="values">The value of each; null where it is absent.</param>
    /// <param name="conditions">What features must pass is added here.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static Refusal? Read(
        IReadOnlyList<QueryableProperty> properties, ReadOnlySpan<ReadOnlyMemory<char>?> values, List<FilterExpression> conditions)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (values[i] is not { } value)
                continue;
            if (ReadLiteral(properties[i], value.ToString(), out var literal) is { } fault)
                return fault;
            var property = new PropertyName(properties[i].Name);
            conditions.Add(properties[i].Type == QueryableType.TextArray
                ? new ArrayPredicate(ArrayRelation.Contains, property, new ArrayLiteral([literal]))
                : new Comparison(ComparisonOperator.Equal, property, literal));
        }

        return null;
    }

    private static Refusal? ReadLiteral(QueryableProperty property, string text, out FilterExpression literal)
    {
        literal = new TextLiteral(text);
        if (property.Values.Count > 0 && !property.Values.Contains(text))
            return Refusal.Malformed(property.Name, $"One of {string.Join(", ", property.Values)} was expected.");
        switch (property.Type)
        {
            case QueryableType.Number:
                if (!Numbers.TryRead(text, double.MinValue, double.MaxValue, out var number))
                    return Refusal.Malformed(property.Name, "A number was expected.");
                literal = new NumberLiteral(number);
                return null;
            case QueryableType.Integer:
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                    return Refusal.Malformed(property.Name, "A whole number was expected.");
                literal = new NumberLiteral(whole);
                return null;
            case QueryableType.Date:
            case QueryableType.Timestamp:
                return ReadInstant(property, text, out literal);
            default:
                return null;
        }
    }

    private static Refusal? ReadInstant(QueryableProperty property, string text, out FilterExpression literal)
    {
        literal = new TextLiteral(text);
        var keyword = property.Type == QueryableType.Date ? "DATE" : "TIMESTAMP";
        var reading = FilterText.Read($"{keyword}('{text.Replace("'", "''", StringComparison.Ordinal)}')");
        if (reading.Filter is not (DateLiteral or TimestampLiteral))
            return Refusal.Malformed(property.Name, reading.Fault?.Detail ?? "A date or timestamp was expected.");
        literal = reading.Filter;
        return null;
    }
}
