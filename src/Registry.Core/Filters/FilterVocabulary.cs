using System.Collections.Frozen;

namespace Registry.Core.Filters;

/// <summary>The names of the standard's operators, as cql2-json writes them; cql2-text has the same in any case.</summary>
internal static class FilterVocabulary
{
    public static FrozenDictionary<string, ComparisonOperator> Comparisons { get; } = Table(
        ("=", ComparisonOperator.Equal), ("<>", ComparisonOperator.NotEqual),
        ("<", ComparisonOperator.Less), (">", ComparisonOperator.Greater),
        ("<=", ComparisonOperator.LessOrEqual), (">=", ComparisonOperator.GreaterOrEqual));

    public static FrozenDictionary<string, ArithmeticOperator> Calculations { get; } = Table(
        ("+", ArithmeticOperator.Add), ("-", ArithmeticOperator.Subtract), ("*", ArithmeticOperator.Multiply),
        ("/", ArithmeticOperator.Divide), ("%", ArithmeticOperator.Remainder), ("div", ArithmeticOperator.Quotient),
        ("^", ArithmeticOperator.Power));

    public static FrozenDictionary<string, SpatialRelation> Spatial { get; } = Table(
        Enum.GetValues<SpatialRelation>().Select(relation => ($"s_{Camel(relation)}", relation)).ToArray());

    public static FrozenDictionary<string, TemporalRelation> Temporal { get; } = Table(
        Enum.GetValues<TemporalRelation>().Select(relation => ($"t_{Camel(relation)}", relation)).ToArray());

    public static FrozenDictionary<string, ArrayRelation> Arrays { get; } = Table(
        Enum.GetValues<ArrayRelation>().Select(relation => ($"a_{Camel(relation)}", relation)).ToArray());

    /// <summary>The name that a table has for an operator.</summary>
    public static string NameOf<TOperator>(FrozenDictionary<string, TOperator> table, TOperator value)
        where TOperator : struct, Enum => table.First(pair => pair.Value.Equals(value)).Key;

    private static FrozenDictionary<string, TOperator> Table<TOperator>(params (string Name, TOperator Operator)[] rows) =>
        rows.ToFrozenDictionary(row => row.Name, row => row.Operator, StringComparer.OrdinalIgnoreCase);

    private static string Camel<TOperator>(TOperator value)
        where TOperator : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
