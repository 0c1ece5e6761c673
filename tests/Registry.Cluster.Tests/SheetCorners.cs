using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Cluster.Tests;

/// <summary>Ground around points where four sheets meet, so that applications there need several sheets, and with them several silos.</summary>
public static class SheetCorners
{
    // Sheets are 6 degrees wide and 4 high (docs/law.md); all these lie well inside Kazakhstan.
    private static readonly (double Longitude, double Latitude)[] Corners = [(60, 48), (66, 48), (72, 48), (78, 48), (66, 52), (72, 52)];

    /// <summary>How many there are.</summary>
    public static int Count => Corners.Length;

    /// <summary>The codes of a rectangle of cells near a corner.</summary>
    /// <param name="corner">Which corner, from 0.</param>
    /// <param name="row">Its first row, counted from the corner; negative on the other side.</param>
    /// <param name="column">Its first column, likewise.</param>
    /// <param name="height">In cells.</param>
    /// <param name="width">In cells.</param>
    public static string[] Rectangle(int corner, int row, int column, int height, int width)
    {
        var graticule = Graticule.Minute;
        var origin = graticule.CellAt(Corners[corner].Longitude + 0.0001, Corners[corner].Latitude + 0.0001);
        return [.. from r in Enumerable.Range(graticule.Row(origin) + row, height)
                   from c in Enumerable.Range(graticule.Column(origin) + column, width)
                   select KazakhCode.Instance.Format(graticule.CellOf(r, c))];
    }
}
