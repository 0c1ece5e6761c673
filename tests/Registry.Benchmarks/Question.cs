using System.Globalization;
using System.Text;

namespace Registry.Benchmarks;

/// <summary>One question, as the registry is asked and as the opponent is.</summary>
/// <param name="Registry">The path and query at the registry.</param>
/// <param name="Opponent">The path and query at the opponent.</param>
internal readonly record struct Question(string Registry, string Opponent)
{
    private const string Items = "/collections/license-blocks/items";

    /// <summary>License blocks in a rectangle.</summary>
    public static Question Box(double west, double south, double side, int limit)
    {
        var box = string.Create(CultureInfo.InvariantCulture, $"{west:F4},{south:F4},{west + side:F4},{south + side:F4}");
        return new($"{Items}?limit={limit}&bbox={box}", $"/license-blocks?limit={limit}&bbox={box}");
    }

    /// <summary>License blocks that share ground with a polygon.</summary>
    public static Question Polygon(string wkt, int limit) => new(
        $"{Items}?limit={limit}&filter={Uri.EscapeDataString($"S_INTERSECTS(geometry, {wkt})")}",
        $"/license-blocks?limit={limit}&polygon={Uri.EscapeDataString(wkt)}");

    /// <summary>License blocks of a status and above a size that share ground with a polygon.</summary>
    public static Question Filter(string wkt, string status, int largerKm2, int limit) => new(
        $"{Items}?limit={limit}&filter={Uri.EscapeDataString($"S_INTERSECTS(geometry, {wkt}) AND status = '{status}' AND areaKm2 > {largerKm2}")}",
        $"/license-blocks?limit={limit}&polygon={Uri.EscapeDataString(wkt)}&status={status}&larger={largerKm2}");

    /// <summary>One license block.</summary>
    public static Question ById(string id) => new($"{Items}/{id}", $"/license-blocks/{id}");

    /// <summary>The cell at a point.</summary>
    public static Question Point(double longitude, double latitude)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/cells/at?lon={longitude:F5}&lat={latitude:F5}");
        return new(path, path);
    }

    /// <summary>A vector tile.</summary>
    public static Question Tile(int zoom, int x, int y)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/tiles/{zoom}/{x}/{y}.mvt");
        return new(path, path);
    }

    /// <summary>A regular polygon in WKT, closed.</summary>
    /// <param name="longitude">Of its centre, degrees.</param>
    /// <param name="latitude">Of its centre, degrees.</param>
    /// <param name="radius">In degrees of latitude; half as many again in longitude, which is about a circle on the ground here.</param>
    /// <param name="vertices">How many.</param>
    public static string Circle(double longitude, double latitude, double radius, int vertices)
    {
        var wkt = new StringBuilder("POLYGON((");
        for (var i = 0; i <= vertices; i++)
        {
            var angle = 2 * Math.PI * (i % vertices) / vertices;
            wkt.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{longitude + (1.5 * radius * Math.Cos(angle)):F6} {latitude + (radius * Math.Sin(angle)):F6}");
        }

        return wkt.Append("))").ToString();
    }
}
