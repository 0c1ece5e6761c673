namespace Registry.Core.Filters;

/// <summary>How two values are compared. Texts are compared by their UTF-16 units.</summary>
public enum ComparisonOperator
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Not the same.</summary>
    NotEqual,

    /// <summary>Before, below.</summary>
    Less,

    /// <summary>After, above.</summary>
    Greater,

    /// <summary>Not above.</summary>
    LessOrEqual,

    /// <summary>Not below.</summary>
    GreaterOrEqual,
}

/// <summary>What is calculated.</summary>
public enum ArithmeticOperator
{
    /// <summary>The sum.</summary>
    Add,

    /// <summary>The difference.</summary>
    Subtract,

    /// <summary>The product.</summary>
    Multiply,

    /// <summary>The quotient.</summary>
    Divide,

    /// <summary>What is left by <see cref="Quotient"/>, with the sign of the dividend.</summary>
    Remainder,

    /// <summary>The quotient without its fraction.</summary>
    Quotient,

    /// <summary>The power.</summary>
    Power,
}

/// <summary>How two geometries lie to each other.</summary>
public enum SpatialRelation
{
    /// <summary>They share a point.</summary>
    Intersects,

    /// <summary>They are the same set of points.</summary>
    Equals,

    /// <summary>They share no point.</summary>
    Disjoint,

    /// <summary>They share points of their boundaries only.</summary>
    Touches,

    /// <summary>The first lies in the second.</summary>
    Within,

    /// <summary>They share a part of their own dimension and neither holds the other.</summary>
    Overlaps,

    /// <summary>They share inner points of a lower dimension and neither holds the other.</summary>
    Crosses,

    /// <summary>The second lies in the first.</summary>
    Contains,
}

/// <summary>How two times lie to each other; the first five take instants and intervals, the others intervals only.</summary>
public enum TemporalRelation
{
    /// <summary>The first begins after the second ends.</summary>
    After,

    /// <summary>The first ends before the second begins.</summary>
    Before,

    /// <summary>They share no instant.</summary>
    Disjoint,

    /// <summary>They begin and end together.</summary>
    Equals,

    /// <summary>They share an instant.</summary>
    Intersects,

    /// <summary>The first begins before the second and ends after it.</summary>
    Contains,

    /// <summary>The first begins after the second and ends before it.</summary>
    During,

    /// <summary>The first begins before the second; they end together.</summary>
    FinishedBy,

    /// <summary>The first begins after the second; they end together.</summary>
    Finishes,

    /// <summary>The first ends when the second begins.</summary>
    Meets,

    /// <summary>The first begins when the second ends.</summary>
    MetBy,

    /// <summary>The first begins within the second and ends after it.</summary>
    OverlappedBy,

    /// <summary>The first begins before the second and ends within it.</summary>
    Overlaps,

    /// <summary>They begin together; the first ends after the second.</summary>
    StartedBy,

    /// <summary>They begin together; the first ends before the second.</summary>
    Starts,
}

/// <summary>How two arrays compare as sets.</summary>
public enum ArrayRelation
{
    /// <summary>They have the same elements.</summary>
    Equals,

    /// <summary>The first has every element of the second.</summary>
    Contains,

    /// <summary>The second has every element of the first.</summary>
    ContainedBy,

    /// <summary>They share an element.</summary>
    Overlaps,
}
