using System.Text.Json;

namespace Registry.Gateway.Tests.Serving;

/// <summary>Bodies of requests, and ground that no other test uses.</summary>
public static class Bodies
{
    private static readonly (int South, int West) Corner = (49 * 60, 73 * 60);
    private static int _row;

    /// <summary>Cells side by side, deep inside Kazakhstan, that no other call gave.</summary>
    public static string[] FreshCells(int count)
    {
        // One row in between, so that neighbours never touch.
        var (south, west) = FreshCorner();
        return [.. Enumerable.Range(0, count).Select(step => CodeAt(south, west + step))];
    }

    /// <summary>The south-west corner, in minutes, of a strip of a hundred fresh cells.</summary>
    public static (int South, int West) FreshCorner()
    {
        var row = Interlocked.Increment(ref _row);
        return (Corner.South + (row % 80 * 2), Corner.West + (row / 80 * 101));
    }

    /// <summary>The code of the cell with this south and west edge, in minutes.</summary>
    public static string CodeAt(int southMinutes, int westMinutes) =>
        Core.Ground.Codes.KazakhCode.Instance.Format(Core.Ground.Graticule.Minute.CellOf(southMinutes + 5400, westMinutes + 10800));

    /// <summary>A rectangle as a GeoJSON Polygon, by its edges in minutes.</summary>
    public static string Rectangle(double south, double west, double north, double east)
    {
        (south, west, north, east) = (south / 60, west / 60, north / 60, east / 60);
        return FormattableString.Invariant(
            $$"""{"type":"Polygon","coordinates":[[[{{west:R}},{{south:R}}],[{{east:R}},{{south:R}}],[{{east:R}},{{north:R}}],[{{west:R}},{{north:R}}],[{{west:R}},{{south:R}}]]]}""");
    }

    public static string Application(params string[] cells) =>
        $$"""{"kind":"exploration","cells":{{JsonSerializer.Serialize(cells)}},"commodities":["lithium"]}""";
}
