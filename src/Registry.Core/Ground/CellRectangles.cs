using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>
/// The rectangles, one for each run of cells side by side in a row, of which ground consists: exact questions about the outline of cells
/// are easier of these. They are carried by that outline (<see cref="Geometry.UserData"/>), and cover the same points.
/// </summary>
public sealed class CellRectangles
{
    private readonly Envelope[] _each;

    private CellRectangles(Envelope[] each) => _each = each;

    /// <summary>The rectangles, in the order of their cells; in degrees with the decimals that the outline is written with.</summary>
    public ReadOnlySpan<Envelope> Each => _each;

    /// <summary>The outline of cells as <see cref="Outline.ToWrittenGeometry"/> gives it, with its rectangles.</summary>
    public static Geometry WrittenOutline(Graticule graticule, CellSet cells, GeometryFactory factory)
    {
        var outline = Outline.Of(graticule, cells).ToWrittenGeometry(factory);
        outline.UserData = new CellRectangles(Of(graticule, cells));
        return outline;
    }

    /// <summary>The rectangles of which a geometry consists; null where it carries none.</summary>
    public static CellRectangles? Of(Geometry geometry) => geometry.UserData as CellRectangles;

    private static Envelope[] Of(Graticule graticule, CellSet cells)
    {
        var runs = new CellRun[CellRun.Count(graticule, cells)];
        CellRun.Find(graticule, cells, runs);
        return Array.ConvertAll(runs, run => new Envelope(
            Longitude(run.First), Longitude(run.Last + 1), Latitude(run.Row), Latitude(run.Row + 1)));

        double Longitude(int column) => DecimalDegrees.ValueOf(graticule.LongitudeInTenths(column));
        double Latitude(int row) => DecimalDegrees.ValueOf(graticule.LatitudeInTenths(row));
    }
}
