using System.Runtime.InteropServices;
using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>Turns polygons into cells.</summary>
/// <remarks>
/// A scan by rows. In the strip of a row, a cell that no edge enters lies wholly in the polygon or wholly out of it, as its centre does.
/// So the columns that edges enter, and the columns whose centres are inside (by the even-odd rule along the row's middle, which
/// honours holes), give all three rules: covered is inside without entered, touched is inside with entered, centred is inside.
/// Columns are kept as ranges, so the time depends on the edges, the rows and the cells of the answer, never on the polygon's area.
/// </remarks>
public static class Snapping
{
    /// <summary>
    /// How far, in degrees, an edge may stray over the side of a cell without entering it: twice the rounding of 7 decimals, so that an
    /// outline written with 7 decimals or more leads back to its own cells.
    /// </summary>
    public const double ToleranceDegrees = 1e-7;

    /// <summary>The most edges met in all rows together: a few tenths of a second. The outline of Kazakhstan meets 8,776.</summary>
    public const int MostEdgesMet = 1_000_000;

    /// <summary>Finds the cells of a polygon.</summary>
    /// <param name="graticule">Says where cells are.</param>
    /// <param name="polygon">
    /// A valid <see cref="Polygon"/> or <see cref="MultiPolygon"/>, degrees, longitude first. One that is not valid gives some cells, in
    /// the same bounds of time.
    /// </param>
    /// <param name="rule">Which cells are wanted.</param>
    /// <param name="limit">The most cells wanted; at one more the scan stops.</param>
    /// <exception cref="ArgumentException">The geometry is not made of polygons, or leaves 180 degrees of longitude or 90 of latitude.</exception>
    public static Snapped Snap(Graticule graticule, Geometry polygon, SnapRule rule, int limit) =>
        Snap(graticule, new RowScan(graticule, polygon, rule), limit);

    internal static Snapped Snap(Graticule graticule, IGroundRows rows, int limit)
    {
        var cells = new List<Cell>();
        while (rows.Next())
        {
            foreach (var (first, last) in rows.Found)
            {
                if (cells.Count + (long)last - first + 1 > limit)
                    return new(CellSet.Empty, SnapEnd.TooManyCells);
                Append(cells, graticule.CellOf(rows.Row, first), last - first + 1);
            }
        }

        return rows.IsTooMuchWork ? new(CellSet.Empty, SnapEnd.TooMuchWork) : new(CellSet.OfSorted([.. cells]), SnapEnd.Complete);
    }

    private static void Append(List<Cell> cells, Cell first, int count)
    {
        var start = cells.Count;
        CollectionsMarshal.SetCount(cells, start + count);
        var added = CollectionsMarshal.AsSpan(cells)[start..];
        for (var i = 0; i < added.Length; i++)
            added[i] = new Cell(first.Key + (uint)i);
    }
}
