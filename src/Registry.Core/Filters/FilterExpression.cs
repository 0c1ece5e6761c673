namespace Registry.Core.Filters;

/// <summary>
/// A filter, or a part of one, as it was written: OGC 21-065r2, Common Query Language (CQL2). It knows nothing of any collection;
/// <see cref="Binding.Queryables{TFeature}"/> checks it against one and evaluates it.
/// </summary>
/// <remarks>Immutable, and compared by value. How deep it nests is bounded by <see cref="FilterLimits.Depth"/>.</remarks>
public abstract record FilterExpression
{
    /// <summary>Where it was read.</summary>
    public FilterPlace Place { get; init; }
}

/// <summary>True when every condition is.</summary>
/// <param name="Conditions">Two or more.</param>
public sealed record AllOf(FilterParts Conditions) : FilterExpression;

/// <summary>True when one of the conditions is.</summary>
/// <param name="Conditions">Two or more.</param>
public sealed record AnyOf(FilterParts Conditions) : FilterExpression;

/// <summary>True when the condition is false.</summary>
/// <param name="Condition">The condition.</param>
public sealed record Not(FilterExpression Condition) : FilterExpression;

/// <summary>Compares two values of one type.</summary>
/// <param name="Operator">How.</param>
/// <param name="Left">The first.</param>
/// <param name="Right">The second.</param>
public sealed record Comparison(ComparisonOperator Operator, FilterExpression Left, FilterExpression Right) : FilterExpression;

/// <summary>Whether a text is of a pattern: <c>%</c> stands for any characters, <c>_</c> for one, a backslash for what follows it.</summary>
/// <param name="Value">The text.</param>
/// <param name="Pattern">A text, perhaps within <see cref="CaseFolded"/>.</param>
public sealed record Like(FilterExpression Value, FilterExpression Pattern) : FilterExpression;

/// <summary>Whether a value lies between two, both of which are in.</summary>
/// <param name="Value">The value.</param>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public sealed record Between(FilterExpression Value, FilterExpression Least, FilterExpression Most) : FilterExpression;

/// <summary>Whether a value is one of a list.</summary>
/// <param name="Value">The value.</param>
/// <param name="List">One or more.</param>
public sealed record In(FilterExpression Value, FilterParts List) : FilterExpression;

/// <summary>Whether there is no value.</summary>
/// <param name="Value">The value, or a condition.</param>
public sealed record IsNull(FilterExpression Value) : FilterExpression;

/// <summary>How two geometries lie to each other (Simple Feature Access 06-103r4, 6.1.15).</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Left">The first geometry.</param>
/// <param name="Right">The second.</param>
public sealed record SpatialPredicate(SpatialRelation Relation, FilterExpression Left, FilterExpression Right) : FilterExpression;

/// <summary>How two times lie to each other (Time Ontology in OWL).</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Left">The first instant or interval.</param>
/// <param name="Right">The second.</param>
public sealed record TemporalPredicate(TemporalRelation Relation, FilterExpression Left, FilterExpression Right) : FilterExpression;

/// <summary>How two arrays compare as sets.</summary>
/// <param name="Relation">The relation.</param>
/// <param name="Left">The first array.</param>
/// <param name="Right">The second.</param>
public sealed record ArrayPredicate(ArrayRelation Relation, FilterExpression Left, FilterExpression Right) : FilterExpression;

/// <summary>The value of a property.</summary>
/// <param name="Name">Its name, such as <c>holder.country</c>.</param>
public sealed record PropertyName(string Name) : FilterExpression;

/// <summary>A calculation with numbers.</summary>
/// <param name="Operator">Which.</param>
/// <param name="Left">The first number.</param>
/// <param name="Right">The second.</param>
public sealed record Arithmetic(ArithmeticOperator Operator, FilterExpression Left, FilterExpression Right) : FilterExpression;

/// <summary>A text without differences of case: <c>CASEI</c>.</summary>
/// <param name="Text">The text.</param>
public sealed record CaseFolded(FilterExpression Text) : FilterExpression;

/// <summary>A text without accents: <c>ACCENTI</c>. It is read, and no queryable evaluates it.</summary>
/// <param name="Text">The text.</param>
public sealed record AccentFolded(FilterExpression Text) : FilterExpression;

/// <summary>A function that the standard does not name. It is read, and there is none to call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments; perhaps none.</param>
public sealed record FunctionCall(string Name, FilterParts Arguments) : FilterExpression;
