using NetTopologySuite.Geometries;
using Registry.Formats.VectorTile;

namespace Registry.Formats.Tests.VectorTile;

/// <summary>The commands of a tile's geometry, read back by the words of the standard (section 4.3).</summary>
internal static class DrawnRings
{
    public static List<List<TilePoint>> Read(TileGeometry geometry)
    {
        var rings = new List<List<TilePoint>>();
        var cursor = new TilePoint(0, 0);
        for (var rest = new ProtobufReader(geometry.Commands); !rest.IsAtEnd;)
        {
            var command = (uint)rest.Varint();
            var (id, count) = (command & 7, command >> 3);
            switch (id)
            {
                case 1:
                    Assert.Equal(1u, count);
                    rings.Add([cursor = Next(ref rest, cursor)]);
                    break;
                case 2:
                    Assert.True(count > 1, "A ring has three vertices or more.");
                    for (var i = 0; i < count; i++)
                    {
                        var next = Next(ref rest, cursor);
                        Assert.NotEqual(cursor, next);
                        rings[^1].Add(cursor = next);
                    }

                    break;
                case 7:
                    Assert.Equal(1u, count);
                    Assert.NotEqual(rings[^1][0], rings[^1][^1]);
                    break;
                default:
                    Assert.Fail($"There is no command {id}.");
                    break;
            }
        }

        return rings;
    }

    /// <summary>The polygons that the rings are by their winding alone; fails where one is not valid.</summary>
    public static Geometry Polygons(TileGeometry geometry)
    {
        var shells = new List<(LinearRing Shell, List<LinearRing> Holes)>();
        foreach (var ring in Read(geometry))
        {
            var area = TileGeometry.DoubleArea([.. ring]);
            Assert.NotEqual(0, area);
            var line = GeometryFactory.Default.CreateLinearRing([.. ring.Append(ring[0]).Select(point => new Coordinate(point.X, point.Y))]);
            if (area > 0)
                shells.Add((line, []));
            else
                shells[^1].Holes.Add(line);
        }

        var polygons = GeometryFactory.Default.CreateMultiPolygon(
            [.. shells.Select(polygon => GeometryFactory.Default.CreatePolygon(polygon.Shell, [.. polygon.Holes]))]);
        var validity = new NetTopologySuite.Operation.Valid.IsValidOp(polygons);
        Assert.True(validity.IsValid, validity.ValidationError?.ToString());
        return polygons;
    }

    private static TilePoint Next(ref ProtobufReader rest, TilePoint cursor) => new(cursor.X + Signed(rest.Varint()), cursor.Y + Signed(rest.Varint()));

    private static int Signed(ulong value) => (int)(value >> 1) ^ -(int)(value & 1);
}
