using NetTopologySuite.Densify;
using NetTopologySuite.Geometries;
using Registry.Core.Filters;
using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;

namespace Registry.Gateway.ReferenceSystems;

/// <summary>Brings the geometries of a filter from the reference system of <c>filter-crs</c> to longitude and latitude.</summary>
/// <remarks>
/// Positions are moved one by one, and lines between them are straight in degrees. A box in metres, whose edges are curves in degrees, is
/// followed with 32 positions to each edge.
/// </remarks>
internal static class FilterProjection
{
    private const int PositionsOfEdge = 32;

    // No map of the Earth is so wide; read as degrees such a box is refused.
    private const double MostMetres = 1e9;

    /// <summary>The filter in CRS84. Positions out of the reach of a projection become numbers that the filter's check refuses.</summary>
    public static FilterExpression ToDegrees(FilterExpression filter, ReferenceSystem system) =>
        system == ReferenceSystem.Crs84 ? filter : FilterRewriter.Geometries(filter, literal => literal switch
        {
            BoxLiteral box when !system.IsProjected => new BoxLiteral(box.South, box.West, box.North, box.East),
            BoxLiteral { West: var w, South: var s, East: var e, North: var n } box when Math.Max(Math.Max(Math.Abs(w), Math.Abs(s)), Math.Max(Math.Abs(e), Math.Abs(n))) > MostMetres => box,
            BoxLiteral box => new GeometryLiteral(Moved(Followed(box), system)),
            _ => new GeometryLiteral(Moved(((GeometryLiteral)literal).Value, system)),
        });

    private static Geometry Followed(BoxLiteral box)
    {
        var rectangle = Wgs84.Factory.ToGeometry(new Envelope(box.West, box.East, box.South, box.North));
        var longest = Math.Max(Math.Abs(box.East - box.West), box.North - box.South);
        return longest > 0 ? Densifier.Densify(rectangle, longest / PositionsOfEdge) : rectangle;
    }

    private static Geometry Moved(Geometry geometry, ReferenceSystem system)
    {
        var moved = geometry.Copy();
        moved.Apply(new Mover(system));
        moved.GeometryChanged();
        return moved;
    }

    private sealed class Mover(ReferenceSystem system) : ICoordinateFilter
    {
        // Beyond what any check lets pass, and a number that can be written and told of.
        private const double OutOfReach = 1e6;

        public void Filter(Coordinate coord)
        {
            var (longitude, latitude) = system.IsLatitudeFirst ? (coord.Y, coord.X) : system.Unproject(coord.X, coord.Y);
            coord.X = double.IsFinite(longitude) ? longitude : OutOfReach;
            coord.Y = double.IsFinite(latitude) ? latitude : OutOfReach;
        }
    }
}
