using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// A geometry by its dimensions: its areas, its lines, its points. A mixture is the union of the three; its interior is the union of
/// their interiors, and its boundary what else it has.
/// </summary>
/// <param name="Areas">Polygons that share no interior; null for none.</param>
/// <param name="Lines">Lines, perhaps within the areas; null for none.</param>
/// <param name="Points">Points, perhaps on the others; null for none.</param>
internal sealed record PointSet(Geometry? Areas, Geometry? Lines, Geometry? Points)
{
    /// <summary>The dimension of the largest part.</summary>
    public Dimension Dimension => Areas is not null ? Dimension.Surface : Lines is not null ? Dimension.Curve : Dimension.Point;

    /// <summary>The parts, the largest first; at least one.</summary>
    public IEnumerable<Geometry> Parts => new[] { Areas, Lines, Points }.OfType<Geometry>();

    /// <summary>The parts of a geometry whose polygons share no interior.</summary>
    public static PointSet Of(Geometry geometry) => geometry.GetType() == typeof(GeometryCollection)
        ? new PointSet(Only(geometry, Dimension.Surface), Only(geometry, Dimension.Curve), Only(geometry, Dimension.Point))
        : geometry.Dimension switch
        {
            Dimension.Surface => new PointSet(geometry, null, null),
            Dimension.Curve => new PointSet(null, geometry, null),
            _ => new PointSet(null, null, geometry),
        };

    /// <summary>How this lies to another.</summary>
    public SpatialMatrix Relate(PointSet other)
    {
        var (interiors, meets) = (Dimension.False, false);
        foreach (var part in Parts)
        {
            foreach (var opposite in other.Parts)
            {
                var matrix = SpatialMatrix.Of(part, opposite);
                interiors = interiors >= matrix.Interiors ? interiors : matrix.Interiors;
                meets |= matrix.Meets;
            }
        }

        return new SpatialMatrix(Dimension, other.Dimension, interiors, HasBeyond(other), other.HasBeyond(this), meets);
    }

    /// <summary>Whether it has a part outside another.</summary>
    public bool HasBeyond(PointSet other)
    {
        if (Areas is not null && (other.Areas is null || SpatialMatrix.Of(Areas, other.Areas).FirstBeyond))
            return true;
        if (Lines is not null && LinesBeyond(Lines, other))
            return true;
        return Points is { } points && Singles(points).Any(point => !other.Parts.Any(part => part.Intersects(point)));
    }

    private static bool LinesBeyond(Geometry lines, PointSet other)
    {
        switch (other)
        {
            case { Areas: null, Lines: null }:
                return true;
            case { Areas: { } areas, Lines: null }:
                return SpatialMatrix.Of(lines, areas).FirstBeyond;
            case { Areas: null, Lines: { } those }:
                return SpatialMatrix.Of(lines, those).FirstBeyond;
            default:
                // What the one leaves, the other may cover: cut at the edges of the areas, which are rounded.
                const double noLength = 1e-9;
                var left = OverlayNGRobust.Overlay(lines, other.Areas, NetTopologySuite.Operation.Overlay.SpatialFunction.Difference);
                return OverlayNGRobust.Overlay(left, other.Lines, NetTopologySuite.Operation.Overlay.SpatialFunction.Difference).Length > noLength;
        }
    }

    private static Geometry? Only(Geometry geometry, Dimension dimension)
    {
        Geometry[] parts = [.. Singles(geometry).Where(part => part.Dimension == dimension).SelectMany(Singles)];
        return parts.Length == 0 ? null : geometry.Factory.BuildGeometry(parts);
    }

    private static IEnumerable<Geometry> Singles(Geometry geometry) => Enumerable.Range(0, geometry.NumGeometries).Select(geometry.GetGeometryN);
}
