using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.OpenGround;

/// <summary>Cells to which many distances are measured: gone through once and not for each.</summary>
public sealed class MeasuredGround
{
    private readonly Graticule _graticule;
    private readonly CellRun[] _runs;

    /// <param name="graticule">Says where cells are.</param>
    /// <param name="cells">One or more.</param>
    public MeasuredGround(Graticule graticule, CellSet cells)
    {
        _graticule = graticule;
        _runs = new CellRun[CellRun.Count(graticule, cells)];
        CellRun.Find(graticule, cells, _runs);
    }

    /// <summary>The distance from a point to the nearest point of the cells, in kilometres, as <see cref="GroundDistance"/> measures it.</summary>
    /// <param name="point">The point, in degrees.</param>
    /// <param name="budget">Spent by the runs of cells.</param>
    public double Km(Point point, WorkBudget budget)
    {
        const int unitsOfRun = 2, unitsOfPoint = 100;
        budget.Spend(unitsOfPoint + (unitsOfRun * _runs.Length));
        return GroundDistance.Km(_graticule, point, _runs);
    }
}
