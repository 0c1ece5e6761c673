using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;
using Registry.Core.Filters;
using Registry.Core.Filters.Binding;
using Registry.Core.Filters.Text;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.Filters;

/// <summary>
/// Geometries on a lattice of few points, so that they touch, share edges and cross in every way: how a feature lies to a literal of which
/// only a part is looked at is what the geometry library says of the two, and of mixtures what follows from their parts.
/// </summary>
public class SpatialMatrixTests
{
    private static readonly SpatialRelation[] Relations = Enum.GetValues<SpatialRelation>();

    [Fact]
    public void A_prepared_literal_gives_what_the_geometry_library_gives()
    {
        var random = new Random(17);
        var held = new int[Relations.Length];
        for (var i = 0; i < 20_000; i++)
        {
            var (feature, literal) = (Shape(random, 2 + random.Next(4), random.Next(3)), Shape(random, 2 + random.Next(7), random.Next(3)));
            var matrix = new PreparedPointSet(literal).Relate(feature);
            for (var j = 0; j < Relations.Length; j++)
            {
                var expected = Relate(Relations[j], feature, literal);
                Assert.True(expected == matrix.Holds(Relations[j]), $"{Relations[j]} is {expected}:\n{feature}\n{literal}");
                held[j] += expected ? 1 : 0;
            }
        }

        Assert.All(held, times => Assert.True(times > 20));
    }

    [Fact]
    public void A_mixture_is_the_union_of_its_parts()
    {
        var random = new Random(18);
        var held = new int[Relations.Length];
        for (var i = 0; i < 5_000; i++)
        {
            var feature = Shape(random, 2 + random.Next(6), random.Next(2) * 2);
            var most = 2 + random.Next(4);
            Geometry[] parts = [Shape(random, most, 2), Shape(random, most, 1), Shape(random, most, 0)];
            var (areas, lines, points) = (parts[0], parts[1], parts[2]);
            var matrix = new PreparedPointSet(Wgs84.Factory.CreateGeometryCollection(parts)).Relate(feature);
            var shareInteriors = parts.Any(part => feature.Relate(part)[Location.Interior, Location.Interior] >= Dimension.Point);
            var meets = parts.Any(feature.Intersects);
            var isCovered = feature is Point ? meets : feature is MultiPoint many ? many.Geometries.All(point => parts.Any(point.Intersects)) : areas.Covers(feature);
            var covers = feature.Covers(areas) && feature.Covers(lines) && feature.Covers(points);
            var expected = new Dictionary<SpatialRelation, bool>
            {
                [SpatialRelation.Intersects] = meets,
                [SpatialRelation.Disjoint] = !meets,
                [SpatialRelation.Touches] = meets && !shareInteriors,
                [SpatialRelation.Within] = shareInteriors && isCovered,
                [SpatialRelation.Contains] = shareInteriors && covers,
                [SpatialRelation.Equals] = shareInteriors && isCovered && covers,
                [SpatialRelation.Overlaps] = feature is IPolygonal && shareInteriors && !isCovered && !covers,
                [SpatialRelation.Crosses] = feature is not IPolygonal && shareInteriors && !isCovered,
            };
            for (var j = 0; j < Relations.Length; j++)
            {
                Assert.True(expected[Relations[j]] == matrix.Holds(Relations[j]), $"{Relations[j]}:\n{feature}\n{string.Join('\n', parts.AsEnumerable())}");
                held[j] += expected[Relations[j]] ? 1 : 0;
            }
        }

        Assert.All(held, times => Assert.True(times > 5));
    }

    [Theory]
    [InlineData("S_EQUALS(GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(2 2, 3 3)), GEOMETRYCOLLECTION(LINESTRING(3 3, 2 2), POINT(1 1)))", true)]
    [InlineData("S_EQUALS(GEOMETRYCOLLECTION(POINT(2 2), LINESTRING(2 2, 3 3)), LINESTRING(2 2, 3 3))", true)]
    [InlineData("S_CONTAINS(GEOMETRYCOLLECTION(POLYGON((0 0, 2 0, 2 2, 0 2, 0 0)), LINESTRING(2 1, 5 1)), LINESTRING(1 1, 4 1))", true)]
    [InlineData("S_CONTAINS(GEOMETRYCOLLECTION(POLYGON((0 0, 2 0, 2 2, 0 2, 0 0)), LINESTRING(2 1, 5 1)), LINESTRING(1 1, 6 1))", false)]
    [InlineData("S_TOUCHES(GEOMETRYCOLLECTION(POINT(9 9), LINESTRING(5 5, 6 6)), BBOX(6, 6, 7, 7))", true)]
    [InlineData("S_CROSSES(LINESTRING(0 0, 4 4), GEOMETRYCOLLECTION(POINT(9 9), LINESTRING(0 4, 4 0)))", true)]
    [InlineData("S_OVERLAPS(LINESTRING(0 0, 4 4), GEOMETRYCOLLECTION(POINT(9 9), LINESTRING(2 2, 5 5)))", true)]
    [InlineData("S_OVERLAPS(MULTIPOINT((0 0), (1 1)), MULTIPOINT((1 1), (2 2)))", true)]
    [InlineData("S_WITHIN(GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 1, 1 0)), BBOX(0, 0, 2, 2))", true)]
    [InlineData("S_EQUALS(BBOX(0, 0, 2, 2), GEOMETRYCOLLECTION(POLYGON((0 0, 1 0, 1 2, 0 2, 0 0)), POLYGON((1 0, 2 0, 2 2, 1 2, 1 0))))", true)]
    [InlineData("S_DISJOINT(GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(2 2, 3 3)), POINT(2.5 2.5))", false)]
    public void Literals_are_compared_with_literals(string filter, bool holds)
    {
        var condition = Mine.Queryables.Bind(FilterText.Read(filter).Filter!);
        Assert.Equal(holds, condition(new Mine("")));
    }

    private static Geometry Shape(Random random, int most, int dimension) => dimension switch
    {
        0 when random.Next(3) > 0 => Wgs84.Factory.CreatePoint(Position(random, most)),
        0 => OverlayNGRobust.Union((Geometry)Wgs84.Factory.CreateMultiPointFromCoords([.. Enumerable.Range(0, 3).Select(_ => Position(random, most))])),
        1 => Line(random, most),
        _ => Area(random, most),
    };

    private static LineString Line(Random random, int most)
    {
        while (true)
        {
            Coordinate[] positions = [.. Enumerable.Range(0, 2 + random.Next(4)).Select(_ => Position(random, most))];
            if (positions.Zip(positions.Skip(1)).All(pair => !pair.First.Equals2D(pair.Second)))
                return Wgs84.Factory.CreateLineString(positions);
        }
    }

    // Squares and triangles, one or two, perhaps with a hole.
    private static Geometry Area(Random random, int most)
    {
        while (true)
        {
            var area = random.Next(4) switch
            {
                0 => Triangle(random, most),
                1 => OverlayNGRobust.Overlay(Square(random, most), Square(random, most), NetTopologySuite.Operation.Overlay.SpatialFunction.Difference),
                2 => OverlayNGRobust.Overlay(Square(random, most), Square(random, most), NetTopologySuite.Operation.Overlay.SpatialFunction.Union),
                _ => Square(random, most),
            };
            if (area is { IsEmpty: false, Area: > 0 } and IPolygonal && area.IsValid)
                return area;
        }
    }

    private static Geometry Square(Random random, int most)
    {
        var (from, to) = (Position(random, most), Position(random, most));
        return Wgs84.Factory.ToGeometry(new Envelope(from.X, to.X == from.X ? to.X + 1 : to.X, from.Y, to.Y == from.Y ? to.Y + 1 : to.Y));
    }

    private static Polygon Triangle(Random random, int most)
    {
        var corner = Position(random, most);
        return Wgs84.Factory.CreatePolygon([corner, Position(random, most), Position(random, most), corner.Copy()]);
    }

    private static Coordinate Position(Random random, int most) => new(random.Next(most), random.Next(most));

    private static bool Relate(SpatialRelation relation, Geometry first, Geometry second) => relation switch
    {
        SpatialRelation.Intersects => first.Intersects(second),
        SpatialRelation.Disjoint => first.Disjoint(second),
        SpatialRelation.Equals => first.EqualsTopologically(second),
        SpatialRelation.Touches => first.Touches(second),
        SpatialRelation.Within => first.Within(second),
        SpatialRelation.Contains => first.Contains(second),
        SpatialRelation.Overlaps => first.Overlaps(second),
        _ => first.Crosses(second),
    };
}
