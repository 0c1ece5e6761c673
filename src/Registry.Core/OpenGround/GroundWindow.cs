using NetTopologySuite.Geometries;
using Registry.Core.Areas;
using Registry.Core.Ground;

namespace Registry.Core.OpenGround;

/// <summary>Ground within a rectangle of whole sheets, at one byte a cell, from which conditions take cells away until areas are left.</summary>
/// <param name="graticule">The graticule of the cells.</param>
/// <param name="sheets">The sheets; the rectangle around all of them is the window.</param>
public sealed class GroundWindow(Graticule graticule, IReadOnlyList<SheetId> sheets)
{
    // A degree of latitude has 111 on the sphere of GroundDistance.
    private const double LeastKmPerDegree = 110;

    private readonly int _firstRow = sheets.Min(graticule.FirstRow);
    private readonly int _firstColumn = sheets.Min(graticule.FirstColumn);
    private readonly int _rows = sheets.Max(graticule.FirstRow) + graticule.RowsPerSheet - sheets.Min(graticule.FirstRow);
    private readonly int _columns = sheets.Max(graticule.FirstColumn) + graticule.ColumnsPerSheet - sheets.Min(graticule.FirstColumn);
    private bool[] _open = new bool[
        (sheets.Max(graticule.FirstRow) + graticule.RowsPerSheet - sheets.Min(graticule.FirstRow))
        * (sheets.Max(graticule.FirstColumn) + graticule.ColumnsPerSheet - sheets.Min(graticule.FirstColumn))];

    /// <summary>Opens the cells of a sheet.</summary>
    /// <param name="sheet">One of the window's.</param>
    /// <param name="bits">One bit a cell, in the order of <see cref="Graticule.IndexInSheet"/>, the lowest bit of a byte first.</param>
    public void Open(SheetId sheet, ReadOnlySpan<byte> bits)
    {
        var (row, column) = (graticule.FirstRow(sheet) - _firstRow, graticule.FirstColumn(sheet) - _firstColumn);
        for (var index = 0; index < graticule.CellsPerSheet; index++)
        {
            if ((bits[index >> 3] >> (index & 7) & 1) != 0)
                _open[((row + (index / graticule.ColumnsPerSheet)) * _columns) + column + (index % graticule.ColumnsPerSheet)] = true;
        }
    }

    /// <summary>Keeps the cells that lie wholly in a polygon.</summary>
    /// <returns>False when the polygon is too much work (<see cref="SnapEnd"/>); nothing was changed.</returns>
    public bool KeepWithin(Geometry polygon)
    {
        var kept = new bool[_open.Length];
        var rows = new RowScan(graticule, polygon, SnapRule.Covered);
        while (rows.Next())
        {
            foreach (var (first, last) in rows.Found)
            {
                if (PlacesOf(rows.Row, first, last) is { Count: > 0 } places)
                    _open.AsSpan(places.Start, places.Count).CopyTo(kept.AsSpan(places.Start));
            }
        }

        if (rows.IsTooMuchWork)
            return false;
        _open = kept;
        return true;
    }

    /// <summary>Takes away the cells of which any part lies within a distance of an area, as <see cref="AreaReach"/> measures it.</summary>
    /// <returns>False when the budget is spent.</returns>
    public bool KeepClearOf(Geometry area, double metres, WorkBudget budget)
    {
        var rows = AreaReach.Rows(graticule, area, metres, SnapRule.Touched, budget);
        while (rows.Next())
        {
            foreach (var (first, last) in rows.Found)
            {
                if (PlacesOf(rows.Row, first, last) is { Count: > 0 } places)
                    _open.AsSpan(places.Start, places.Count).Clear();
            }
        }

        return !rows.IsTooMuchWork;
    }

    /// <summary>Keeps the cells of which some part lies within a distance of one of the points, as <see cref="GroundDistance"/> measures it.</summary>
    /// <param name="points">The points, in degrees.</param>
    /// <param name="km">The distance.</param>
    /// <param name="budget">Spent by the rows that are within reach of each point.</param>
    /// <returns>False when the budget is spent; nothing was changed.</returns>
    public bool KeepNear(IEnumerable<Point> points, double km, WorkBudget budget)
    {
        const int unitsOfRow = 80;
        var kept = new bool[_open.Length];
        foreach (var point in points)
        {
            // No row beyond these is within reach; of those between them, TryReach says.
            var south = graticule.RowsFromSouthPole(Math.Max(point.Y - (km / LeastKmPerDegree), -90)) - _firstRow;
            var north = graticule.RowsFromSouthPole(Math.Min(point.Y + (km / LeastKmPerDegree), 90)) - _firstRow;
            var (start, end) = (Math.Max((int)Math.Floor(south) - 1, 0), Math.Min((int)Math.Ceiling(north) + 1, _rows));
            if (!budget.Spend(unitsOfRow * Math.Max(end - start, 1L)))
                return false;
            for (var row = start; row < end; row++)
            {
                if (!GroundDistance.TryReach(graticule, point, km, _firstRow + row, out var first, out var last))
                    continue;
                var (from, to) = (Math.Max(first - _firstColumn, 0), Math.Min(last - _firstColumn, _columns - 1));
                if (from <= to)
                    _open.AsSpan((row * _columns) + from, to - from + 1).CopyTo(kept.AsSpan((row * _columns) + from));
            }
        }

        _open = kept;
        return true;
    }

    /// <summary>The connected areas that are left, of so many cells or more: the largest first, equal ones in the order of their first cells.</summary>
    public IReadOnlyList<CellSet> Areas(int leastCells)
    {
        var cells = new List<Cell>();
        for (var place = 0; place < _open.Length; place++)
        {
            if (_open[place])
                cells.Add(graticule.CellOf(_firstRow + (place / _columns), _firstColumn + (place % _columns)));
        }

        return [.. Contiguity.Parts(graticule, CellSet.OfSorted([.. cells])).Where(area => area.Count >= leastCells).OrderByDescending(area => area.Count)];
    }

    // Those of the columns of a row that are in the window, as places of it.
    private (int Start, int Count) PlacesOf(int row, int firstColumn, int lastColumn)
    {
        var (place, first, last) = (row - _firstRow, Math.Max(firstColumn - _firstColumn, 0), Math.Min(lastColumn - _firstColumn, _columns - 1));
        return place >= 0 && place < _rows ? ((place * _columns) + first, last - first + 1) : default;
    }
}
