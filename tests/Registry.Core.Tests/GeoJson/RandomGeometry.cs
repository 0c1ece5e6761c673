using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Core.Tests.GeoJson;

/// <summary>Geometry of every type, valid and by the right-hand rule: areas are stars about their own centres, far enough apart.</summary>
internal static class RandomGeometry
{
    public static Geometry Next(Random random, int decimals)
    {
        var parts = random.Next(1, 5);
        return random.Next(6) switch
        {
            0 => Wgs84.Factory.CreatePoint(Position(random, decimals)),
            1 => Wgs84.Factory.CreateMultiPointFromCoords(Positions(random, random.Next(1, 30), decimals)),
            2 => Line(random, decimals),
            3 => Wgs84.Factory.CreateMultiLineString([.. Enumerable.Range(0, parts).Select(_ => Line(random, decimals))]),
            4 => Star(random, 0, decimals),
            _ => Wgs84.Factory.CreateMultiPolygon([.. Enumerable.Range(0, parts).Select(part => Star(random, part, decimals))]),
        };
    }

    public static string Published(Geometry geometry)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            GeometryWriter.Write(writer, geometry);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static LineString Line(Random random, int decimals)
    {
        // Within one hemisphere, so that no edge goes the long way round.
        var positions = Positions(random, random.Next(2, 30), decimals);
        return Wgs84.Factory.CreateLineString(Array.ConvertAll(positions, p => new Coordinate(Math.Abs(p.X), p.Y)));
    }

    private static Polygon Star(Random random, int part, int decimals)
    {
        var centre = new Coordinate((part * 40) - 100 + random.NextDouble(), (random.NextDouble() * 120) - 60);
        var shell = Ring(random, centre, 5, 10, decimals);
        return random.Next(2) == 0
            ? Wgs84.Factory.CreatePolygon(shell)
            : Wgs84.Factory.CreatePolygon(shell, [(LinearRing)Ring(random, centre, 1, 2, decimals).Reverse()]);
    }

    private static LinearRing Ring(Random random, Coordinate centre, double least, double most, int decimals)
    {
        var count = random.Next(8, 60);
        var positions = new Coordinate[count + 1];
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / count);
            var radius = least + (random.NextDouble() * (most - least));
            positions[i] = new Coordinate(Rounded(centre.X + (radius * cos), decimals), Rounded(centre.Y + (radius * sin), decimals));
        }

        positions[count] = positions[0].Copy();
        return Wgs84.Factory.CreateLinearRing(positions);
    }

    private static Coordinate[] Positions(Random random, int count, int decimals) =>
        [.. Enumerable.Range(0, count).Select(_ => Position(random, decimals))];

    private static Coordinate Position(Random random, int decimals) =>
        new(Rounded((random.NextDouble() * 360) - 180, decimals), Rounded((random.NextDouble() * 180) - 90, decimals));

    private static double Rounded(double degrees, int decimals) => decimals > 15 ? degrees : Math.Round(degrees, decimals);
}
