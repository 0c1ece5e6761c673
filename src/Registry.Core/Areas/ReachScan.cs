using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using Registry.Core.Ground;

namespace Registry.Core.Areas;

/// <summary>Goes through the rows of cells within a distance of an area, from the south.</summary>
/// <remarks>
/// <para>
/// What lies within a distance of an edge is an oval, of which each parallel cuts one interval (<see cref="Reach"/>). What lies within the
/// distance of an area is what its edges' ovals and its own inside cover together. No outline of that is made: where thousands of edges lie
/// within the distance of each other, their ovals cross millions of times, and making an outline (NetTopologySuite's <c>Buffer</c>) of
/// 4,000 edges took 20 seconds and more. The work here is edges times rows that they reach, and is counted.
/// </para>
/// <para>
/// A cell is touched where the inside, or an oval, has a point of it. It is covered where its width is covered along each of several
/// parallels, its own two sides among them. What lies between two of them is at most half their spacing farther than the distance: the
/// spacing is 1 % of the distance, but at least 14 metres on a graticule of minutes, and at most a quarter of a cell. Positions nearer to the
/// one before than 0.25 % of the distance are left out, which moves what is reached by no more than that.
/// </para>
/// <para>
/// Metres are those of a plane that touches the ellipsoid of WGS 84 at the middle latitude of the area's rectangle. Distances north and
/// south are right to 0.2 % for areas up to 8 degrees tall. Distances east and west are right at the middle latitude and off by
/// tan(latitude) * (degrees from the middle) * pi / 180 away from it: at 50 N, 0.2 % at 10 km, 2 % at 100 km.
/// </para>
/// </remarks>
internal sealed class ReachScan : IGroundRows
{
    private const int LeastLines = 4;
    private const int MostLines = 128;
    private const double LinesOfDistance = 100;
    private const double LeftOutOfDistance = 0.0025;
    private const int UnitsOfEdge = 3;
    private const int UnitsOfInterval = 6;

    // What of them overlaps none that came before has to be sorted.
    private const int UnitsOfSorted = 16;

    // An edge near a row takes four bytes.
    private const int MostEdgesNear = 5_000_000;

    private readonly Graticule _graticule;
    private readonly MetricPlane _plane;
    private readonly double _metres;
    private readonly SnapRule _rule;
    private readonly WorkBudget _budget;
    private readonly Reach[] _edges;
    private readonly int _firstRow;
    private readonly int[] _starts = [];
    private readonly int[] _near = [];
    private readonly int _lines;
    private readonly List<(double West, double East)> _intervals = [];
    private readonly List<double> _crossings = [];
    private readonly List<(int First, int Last)> _line = [];
    private readonly List<(int First, int Last)> _common = [];

    public ReachScan(Graticule graticule, Geometry area, double metres, SnapRule rule, WorkBudget budget)
    {
        if (rule == SnapRule.Centred)
            throw new ArgumentOutOfRangeException(nameof(rule), rule, "Within a distance, cells are touched or covered.");
        (_graticule, _metres, _rule, _budget) = (graticule, metres, rule, budget);
        _plane = MetricPlane.At(area.EnvelopeInternal.Centre.Y);
        _edges = [.. EdgesOf(area)];
        _lines = rule == SnapRule.Touched ? 1 : Math.Clamp(
            (int)Math.Ceiling(LinesOfDistance * _plane.MetresPerDegreeNorth * 180 / graticule.Rows / metres), LeastLines, MostLines);
        _firstRow = area.IsEmpty ? 0 : Math.Clamp((int)RowOf(_edges.Min(edge => edge.South) - metres), 0, graticule.Rows);
        var endRow = area.IsEmpty ? 0 : Math.Clamp((int)Math.Ceiling(RowOf(_edges.Max(edge => edge.North) + metres)), _firstRow, graticule.Rows);
        Row = _firstRow - 1;
        var counts = new int[endRow - _firstRow];
        long all = 0;
        foreach (var edge in _edges)
        {
            var (start, end) = RowsOf(edge, endRow);
            all += end - start;
            if (!budget.Spend(UnitsOfEdge * (long)(end - start)) || all > MostEdgesNear)
            {
                IsTooMuchWork = true;
                return;
            }

            for (var row = start; row < end; row++)
                counts[row - _firstRow]++;
        }

        (_starts, _near) = (new int[counts.Length + 1], new int[all]);
        for (var i = 0; i < counts.Length; i++)
            _starts[i + 1] = _starts[i] + counts[i];
        var next = _starts[..^1];
        for (var i = 0; i < _edges.Length; i++)
        {
            var (start, end) = RowsOf(_edges[i], endRow);
            for (var row = start; row < end; row++)
                _near[next[row - _firstRow]++] = i;
        }
    }

    /// <inheritdoc/>
    public int Row { get; private set; }

    /// <inheritdoc/>
    public List<(int First, int Last)> Found { get; } = [];

    /// <inheritdoc/>
    public bool IsTooMuchWork { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        Found.Clear();
        if (IsTooMuchWork || ++Row - _firstRow >= _starts.Length - 1)
            return false;
        var near = _near.AsSpan(_starts[Row - _firstRow].._starts[Row - _firstRow + 1]);
        var tolerance = Snapping.ToleranceDegrees;
        var (south, north) = (_graticule.Latitude(Row) + tolerance, _graticule.Latitude(Row + 1) - tolerance);
        if (_rule == SnapRule.Touched)
            FindTouched(near, south, north);
        else
            FindCovered(near, south, north);
        return !IsTooMuchWork;
    }

    private void FindTouched(ReadOnlySpan<int> near, double south, double north)
    {
        if (!Spend(UnitsOfInterval * (long)near.Length))
            return;
        FindInside(near, _plane.Y((south + north) / 2));
        foreach (var edge in near)
        {
            if (_edges[edge].Between(_plane.Y(south), _plane.Y(north), _metres) is { } interval)
                Add(interval);
        }

        if (!SpendSorted())
            return;
        var tolerance = Snapping.ToleranceDegrees;
        foreach (var (west, east) in Joined())
        {
            // Column c is touched when c + tolerance < east and west < c + 1 - tolerance.
            AddColumns(Found, Math.Floor(ColumnOf(west, tolerance)), Math.Ceiling(ColumnOf(east, -tolerance)) - 1);
        }

        ColumnRanges.Normalize(Found);
    }

    private void FindCovered(ReadOnlySpan<int> near, double south, double north)
    {
        for (var line = 0; line <= _lines; line++)
        {
            if (!Spend(UnitsOfInterval * (long)near.Length))
                return;
            FindLine(near, _plane.Y(south + ((north - south) * line / _lines)));
            if (line == 0)
            {
                Found.AddRange(_line);
            }
            else
            {
                _common.Clear();
                ColumnRanges.Intersect(Found, _line, _common);
                Found.Clear();
                Found.AddRange(_common);
            }

            if (IsTooMuchWork || Found.Count == 0)
                return;
        }
    }

    // The columns whose width is covered along a parallel.
    private void FindLine(ReadOnlySpan<int> near, double y)
    {
        FindInside(near, y);
        foreach (var edge in near)
        {
            if (_edges[edge].At(y, _metres) is { } interval)
                Add(interval);
        }

        _line.Clear();
        if (!SpendSorted())
            return;
        var tolerance = Snapping.ToleranceDegrees;
        foreach (var (west, east) in Joined())
            AddColumns(_line, Math.Ceiling(ColumnOf(west, -tolerance)), Math.Floor(ColumnOf(east, tolerance)) - 1);
        ColumnRanges.Normalize(_line);
    }

    // Begins the intervals of a parallel with those that lie within polygons.
    private void FindInside(ReadOnlySpan<int> near, double y)
    {
        _intervals.Clear();
        _crossings.Clear();
        foreach (var edge in near)
        {
            if (_edges[edge].CrossingOf(y) is { } x)
                _crossings.Add(x);
        }

        _crossings.Sort();
        for (var i = 0; i + 1 < _crossings.Count; i += 2)
            _intervals.Add((_crossings[i], _crossings[i + 1]));
    }

    // Edges come in the order of their ring or line, so that most intervals overlap the one before.
    private void Add((double West, double East) interval)
    {
        if (_intervals is [.., var last] && interval.West <= last.East && last.West <= interval.East)
            _intervals[^1] = (Math.Min(last.West, interval.West), Math.Max(last.East, interval.East));
        else
            _intervals.Add(interval);
    }

    private List<(double West, double East)> Joined()
    {
        _intervals.Sort(static (one, other) => one.West.CompareTo(other.West));
        var kept = 0;
        for (var i = 1; i < _intervals.Count; i++)
        {
            if (_intervals[i].West <= _intervals[kept].East)
                _intervals[kept] = (_intervals[kept].West, Math.Max(_intervals[kept].East, _intervals[i].East));
            else
                _intervals[++kept] = _intervals[i];
        }

        if (_intervals.Count > 0)
            _intervals.RemoveRange(kept + 1, _intervals.Count - kept - 1);
        return _intervals;
    }

    private bool SpendSorted() => Spend(UnitsOfSorted * (long)(_crossings.Count + _intervals.Count));

    private bool Spend(long units)
    {
        IsTooMuchWork = !_budget.Spend(units);
        if (IsTooMuchWork)
            Found.Clear();
        return !IsTooMuchWork;
    }

    private (int Start, int End) RowsOf(Reach edge, int endRow) => (
        Math.Clamp((int)RowOf(edge.South - _metres), _firstRow, endRow),
        Math.Clamp((int)Math.Ceiling(RowOf(edge.North + _metres)), _firstRow, endRow));

    private double RowOf(double y) => _graticule.RowsFromSouthPole(Math.Clamp(_plane.Latitude(y), -90, 90));

    private double ColumnOf(double x, double shiftDegrees) => _graticule.ColumnsFromAntimeridian(_plane.Longitude(x) + shiftDegrees);

    private void AddColumns(List<(int First, int Last)> columns, double west, double east)
    {
        var (first, last) = (Math.Max((int)west, 0), Math.Min((int)east, _graticule.Columns - 1));
        if (first <= last)
            columns.Add((first, last));
    }

    private IEnumerable<Reach> EdgesOf(Geometry area)
    {
        foreach (var point in PointExtracter.GetPoints(area).Cast<Point>())
            yield return _plane.Edge(point.Coordinate, point.Coordinate, isOfRing: false);
        foreach (var line in LinearComponentExtracter.GetLines(area).Cast<LineString>())
        {
            var positions = line.Coordinates;
            var last = _plane.Edge(positions[0], positions[0], isOfRing: area is IPolygonal);
            for (var i = 1; i < positions.Length; i++)
            {
                var edge = last.On(_plane.Edge(positions[i], positions[i], last.IsOfRing));
                if (i < positions.Length - 1 && edge.Length < LeftOutOfDistance * _metres)
                    continue;
                yield return edge;
                last = edge;
            }
        }
    }
}
