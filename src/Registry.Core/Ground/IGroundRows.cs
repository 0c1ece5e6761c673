namespace Registry.Core.Ground;

/// <summary>The cells of some ground, row by row from the south, so that ground of any size is gone through without being kept.</summary>
internal interface IGroundRows
{
    /// <summary>The row, counted from the south pole.</summary>
    int Row { get; }

    /// <summary>The columns of the row that belong to the ground: in order, apart, both ends included.</summary>
    List<(int First, int Last)> Found { get; }

    /// <summary>Whether the work was given up: what was found is not all.</summary>
    bool IsTooMuchWork { get; }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False when there is none, or the work was given up.</returns>
    bool Next();
}
