namespace Registry.Core.Areas;

/// <summary>What lies within a distance of an edge, or of a point as an edge of no length: an oval. In metres on a plane.</summary>
/// <param name="X1">One end, to the east.</param>
/// <param name="Y1">One end, to the north.</param>
/// <param name="X2">The other end, to the east.</param>
/// <param name="Y2">The other end, to the north.</param>
/// <param name="IsOfRing">Whether a polygon's inside lies on one side of the edge.</param>
internal readonly record struct Reach(double X1, double Y1, double X2, double Y2, bool IsOfRing)
{
    /// <summary>The southern end.</summary>
    public double South => Math.Min(Y1, Y2);

    /// <summary>The northern end.</summary>
    public double North => Math.Max(Y1, Y2);

    /// <summary>How long the edge is, in metres.</summary>
    public double Length => Math.Sqrt(((X2 - X1) * (X2 - X1)) + ((Y2 - Y1) * (Y2 - Y1)));

    /// <summary>The edge from this one's end to another's.</summary>
    public Reach On(Reach next) => this with { X1 = X2, Y1 = Y2, X2 = next.X2, Y2 = next.Y2 };

    /// <summary>Where the edge of a ring crosses a parallel; null where it does not. A vertex on the parallel counts for one of its two edges.</summary>
    public double? CrossingOf(double y) => IsOfRing && South <= y && y < North ? X1 + ((y - Y1) / (Y2 - Y1) * (X2 - X1)) : null;

    /// <summary>What a parallel has of the oval; null for nothing.</summary>
    public (double West, double East)? At(double y, double metres)
    {
        if (y < South - metres || y > North + metres)
            return null;
        var (west, east) = (double.PositiveInfinity, double.NegativeInfinity);
        Circle(X1, y - Y1, metres, ref west, ref east);
        Circle(X2, y - Y2, metres, ref west, ref east);
        var (dx, dy) = (X2 - X1, Y2 - Y1);
        if (dy != 0)
        {
            // The two sides of the oval, beside the edge.
            var share = metres / Length;
            var (offX, offY) = (-dy * share, dx * share);
            Side(X1 + offX, Y1 + offY, dx, dy, y, ref west, ref east);
            Side(X1 - offX, Y1 - offY, dx, dy, y, ref west, ref east);
        }

        return west <= east ? (west, east) : null;
    }

    /// <summary>From the westernmost to the easternmost point that the oval has between two parallels; null for none.</summary>
    /// <remarks>An oval bulges outwards, so it is widest, to each side, at the parallel that is nearest to its outermost point.</remarks>
    public (double West, double East)? Between(double south, double north, double metres)
    {
        if (north < South - metres || south > North + metres)
            return null;
        // An upright edge is as wide all along.
        var (outermostWest, outermostEast) = X1 < X2 ? (Y1, Y2) : X1 > X2 ? (Y2, Y1) : (Math.Clamp(south, South, North), Math.Clamp(south, South, North));
        return At(Math.Clamp(outermostWest, south, north), metres) is { West: var west } && At(Math.Clamp(outermostEast, south, north), metres) is { East: var east }
            ? (west, east)
            : null;
    }

    private static void Circle(double x, double dy, double metres, ref double west, ref double east)
    {
        var half = (metres * metres) - (dy * dy);
        if (half < 0)
            return;
        half = Math.Sqrt(half);
        (west, east) = (Math.Min(west, x - half), Math.Max(east, x + half));
    }

    private static void Side(double x, double y, double dx, double dy, double at, ref double west, ref double east)
    {
        var along = (at - y) / dy;
        if (along is < 0 or > 1)
            return;
        var found = x + (along * dx);
        (west, east) = (Math.Min(west, found), Math.Max(east, found));
    }
}
