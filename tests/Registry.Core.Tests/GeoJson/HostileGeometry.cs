using System.Globalization;
using System.Text;

namespace Registry.Core.Tests.GeoJson;

/// <summary>Polygons made to cost much: as GeoJSON text.</summary>
internal static class HostileGeometry
{
    public static string Circle(int vertices) => Polygon(Enumerable.Range(0, vertices).Select(i =>
    {
        var (sin, cos) = Math.SinCos(2 * Math.PI * i / vertices);
        return (70 + (10 * cos), 48 + (10 * sin));
    }));

    /// <summary>A circle of which two neighbours far into it have changed places.</summary>
    public static string CrossedCircle(int vertices) => Polygon(Enumerable.Range(0, vertices).Select(i =>
    {
        var place = i == vertices / 2 ? i + 1 : i == (vertices / 2) + 1 ? i - 1 : i;
        var (sin, cos) = Math.SinCos(2 * Math.PI * place / vertices);
        return (70 + (10 * cos), 48 + (10 * sin));
    }));

    /// <summary>A comb of slanting teeth whose envelopes all overlap, so that boxes tell nothing of what crosses.</summary>
    public static string SlantedComb(int vertices, bool crossed)
    {
        var teeth = (vertices - 4) / 2;
        var positions = new List<(double, double)>();
        for (var i = 0; i < teeth; i++)
        {
            var shift = 10.0 * i / teeth;
            positions.Add((60 + shift, 40));
            positions.Add((70 + shift + (5.0 / teeth), 50));
        }

        positions.Add((90, 50));
        positions.Add((90, 39));
        positions.Add(crossed ? (60.5, 45) : (60, 39));
        return Polygon(positions);
    }

    /// <summary>A ring whose every edge crosses most others.</summary>
    public static string Scribble(int vertices)
    {
        var random = new Random(1);
        return Polygon(Enumerable.Range(0, vertices).Select(_ => (60 + (random.NextDouble() * 10), 40 + (random.NextDouble() * 10))));
    }

    private static string Polygon(IEnumerable<(double Longitude, double Latitude)> positions)
    {
        var text = new StringBuilder("""{"type":"Polygon","coordinates":[[""");
        var first = "";
        foreach (var (longitude, latitude) in positions)
        {
            var position = string.Create(CultureInfo.InvariantCulture, $"[{longitude:0.#########},{latitude:0.#########}]");
            if (first.Length == 0)
                first = position;
            text.Append(position).Append(',');
        }

        return text.Append(first).Append("]]}").ToString();
    }
}
