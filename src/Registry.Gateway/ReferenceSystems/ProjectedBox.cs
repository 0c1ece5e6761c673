using Registry.Core.Filters;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;

namespace Registry.Gateway.ReferenceSystems;

/// <summary>Rectangles in metres of a projection, and the ground that they are in degrees.</summary>
public static class ProjectedBox
{
    // The edges of a rectangle are curves in degrees; of so many parts, each leaves its chord by less than 50 m on the largest country.
    private const int PartsOfEdge = 64;

    // Around the rectangle, for what its edges bulge between two positions.
    private const double MarginDegrees = 1e-3;

    /// <summary>The part of a rectangle in metres that lies within a country, in degrees.</summary>
    /// <param name="system">The projection.</param>
    /// <param name="box">The rectangle, in metres.</param>
    /// <param name="country">The rectangle in degrees within which features lie: a projection may not reach beyond it.</param>
    /// <returns>
    /// A rectangle in degrees around it, and the condition to touch the part itself; none for Web Mercator, whose rectangles are
    /// rectangles in degrees. A point on the south pole where nothing of the rectangle lies within the country.
    /// </returns>
    public static (BoundingBox Around, FilterExpression? Within) ToDegrees(ReferenceSystem system, BoundingBox box, BoundingBox country)
    {
        var reach = Around(country, system.Project);
        if (!reach.Intersects(box))
            return (new BoundingBox(-180, -90, -180, -90), null);
        var part = new BoundingBox(
            Math.Max(box.West, reach.West), Math.Max(box.South, reach.South), Math.Min(box.East, reach.East), Math.Min(box.North, reach.North));
        var around = Around(part, system.Unproject);
        if (system.Code == 3857)
            return (around, null);
        var condition = new SpatialPredicate(
            SpatialRelation.Intersects, new PropertyName("geometry"), new BoxLiteral(part.West, part.South, part.East, part.North));
        return (
            new BoundingBox(
                Math.Max(around.West - MarginDegrees, -180), Math.Max(around.South - MarginDegrees, -90),
                Math.Min(around.East + MarginDegrees, 180), Math.Min(around.North + MarginDegrees, 90)),
            FilterProjection.ToDegrees(condition, system));
    }

    /// <summary>Positions along the edges of a rectangle, counterclockwise, the first again at the end.</summary>
    private static IEnumerable<(double X, double Y)> Outline(BoundingBox box)
    {
        var (width, height) = ((box.East - box.West) / PartsOfEdge, (box.North - box.South) / PartsOfEdge);
        for (var i = 0; i < PartsOfEdge; i++)
            yield return (box.West + (i * width), box.South);
        for (var i = 0; i < PartsOfEdge; i++)
            yield return (box.East, box.South + (i * height));
        for (var i = 0; i < PartsOfEdge; i++)
            yield return (box.East - (i * width), box.North);
        for (var i = 0; i < PartsOfEdge; i++)
            yield return (box.West, box.North - (i * height));
        yield return (box.West, box.South);
    }

    private static BoundingBox Around(BoundingBox box, Func<double, double, (double X, double Y)> move)
    {
        var (west, south, east, north) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (var (x, y) in Outline(box))
        {
            var (movedX, movedY) = move(x, y);
            (west, south) = (Math.Min(west, movedX), Math.Min(south, movedY));
            (east, north) = (Math.Max(east, movedX), Math.Max(north, movedY));
        }

        return new BoundingBox(west, south, east, north);
    }
}
