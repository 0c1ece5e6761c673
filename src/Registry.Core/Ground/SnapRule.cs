namespace Registry.Core.Ground;

/// <summary>Which cells a polygon is turned into.</summary>
public enum SnapRule
{
    /// <summary>Cells that lie in the polygon wholly, but for <see cref="Snapping.ToleranceDegrees"/> at their edges.</summary>
    Covered,

    /// <summary>Cells that share ground with the polygon farther in than <see cref="Snapping.ToleranceDegrees"/> from their edges.</summary>
    Touched,

    /// <summary>Cells whose centre lies in the polygon: of polygons that share a border, exactly one takes each cell.</summary>
    Centred,
}

/// <summary>How snapping ended.</summary>
public enum SnapEnd
{
    /// <summary>All cells were found.</summary>
    Complete,

    /// <summary>There are more cells than the caller allowed.</summary>
    TooManyCells,

    /// <summary>The polygon's edges cross so many rows, so often, that the work was given up.</summary>
    TooMuchWork,
}

/// <summary>The cells of a polygon.</summary>
/// <param name="Cells">All of them when <paramref name="End"/> is <see cref="SnapEnd.Complete"/>, or else none: part of an answer is no answer.</param>
/// <param name="End">Whether the answer is complete, or why there is none.</param>
public readonly record struct Snapped(CellSet Cells, SnapEnd End);
