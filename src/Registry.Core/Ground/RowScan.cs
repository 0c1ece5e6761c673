using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>Goes through the rows that a polygon reaches, from the south, with the edges that are met in each.</summary>
/// <remarks>Coordinates are counted in columns and rows of the graticule, so that cells have sides of 1.</remarks>
internal sealed class RowScan : IGroundRows
{
    private readonly int _columns;
    private readonly int _endRow;
    private readonly double _rowTolerance;
    private readonly double _columnTolerance;
    private readonly List<Edge> _edges = [];
    private readonly List<Edge> _met = [];
    private readonly List<double> _crossings = [];
    private readonly List<(int First, int Last)> _entered = [];
    private readonly List<(int First, int Last)> _inside = [];
    private readonly SnapRule _rule;
    private long _edgesMet;
    private int _nextEdge;

    public RowScan(Graticule graticule, Geometry polygon, SnapRule rule)
    {
        _rule = rule;
        _columns = graticule.Columns;
        _rowTolerance = Snapping.ToleranceDegrees * graticule.Rows / 180;
        _columnTolerance = Snapping.ToleranceDegrees * graticule.Columns / 360;
        for (var i = 0; i < polygon.NumGeometries; i++)
            AddPolygon(graticule, polygon.GetGeometryN(i));
        _edges.Sort((left, right) => left.South.CompareTo(right.South));
        Row = _edges.Count == 0 ? 0 : Math.Clamp((int)_edges[0].South, 0, graticule.Rows) - 1;
        _endRow = _edges.Count == 0 ? 0 : Math.Clamp((int)Math.Ceiling(_edges.Max(edge => edge.North)), 0, graticule.Rows);
    }

    /// <inheritdoc/>
    public int Row { get; private set; }

    /// <inheritdoc/>
    public List<(int First, int Last)> Found { get; } = [];

    /// <inheritdoc/>
    public bool IsTooMuchWork => _edgesMet > Snapping.MostEdgesMet;

    /// <inheritdoc/>
    public bool Next()
    {
        Found.Clear();
        if (++Row >= _endRow)
            return false;
        var south = Row;
        _met.RemoveAll(edge => edge.North <= south);
        for (; _nextEdge < _edges.Count && _edges[_nextEdge].South < Row + 1; _nextEdge++)
        {
            if (_edges[_nextEdge].North >= Row)
                _met.Add(_edges[_nextEdge]);
        }

        _edgesMet += _met.Count;
        if (IsTooMuchWork)
            return false;
        Find();
        return true;
    }

    private void Find()
    {
        FindInside();
        if (_rule == SnapRule.Centred)
        {
            Found.AddRange(_inside);
            return;
        }

        FindEntered();
        if (_rule == SnapRule.Covered)
        {
            ColumnRanges.Subtract(_inside, _entered, Found);
            return;
        }

        Found.AddRange(_inside);
        Found.AddRange(_entered);
        ColumnRanges.Normalize(Found);
    }

    /// <summary>The columns whose centres are in the polygon.</summary>
    private void FindInside()
    {
        _inside.Clear();
        _crossings.Clear();
        var middle = Row + 0.5;
        foreach (var edge in _met)
        {
            // Half-open, so that a vertex on the line counts for one of its two edges.
            if (edge.South <= middle && middle < edge.North)
                _crossings.Add(edge.ColumnAt(middle));
        }

        _crossings.Sort();
        for (var i = 0; i + 1 < _crossings.Count; i += 2)
            Add(_inside, Math.Ceiling(_crossings[i] - 0.5), Math.Ceiling(_crossings[i + 1] - 0.5) - 1);
        ColumnRanges.Normalize(_inside);
    }

    /// <summary>The columns whose cell, shrunk by the tolerance, an edge enters.</summary>
    private void FindEntered()
    {
        _entered.Clear();
        var south = Row + _rowTolerance;
        var north = Row + 1 - _rowTolerance;
        foreach (var edge in _met)
        {
            if (edge.South >= north || edge.North <= south)
                continue;
            var one = edge.South == edge.North ? edge.SouthColumn : edge.ColumnAt(Math.Max(edge.South, south));
            var other = edge.South == edge.North ? edge.NorthColumn : edge.ColumnAt(Math.Min(edge.North, north));
            // Column c is entered when c + tolerance < east and west < c + 1 - tolerance.
            var west = Math.Floor(Math.Min(one, other) + _columnTolerance);
            var east = Math.Ceiling(Math.Max(one, other) - _columnTolerance) - 1;
            Add(_entered, west, east);
        }

        ColumnRanges.Normalize(_entered);
    }

    private void Add(List<(int First, int Last)> ranges, double west, double east)
    {
        var first = Math.Max((int)west, 0);
        var last = Math.Min((int)east, _columns - 1);
        if (first <= last)
            ranges.Add((first, last));
    }

    private void AddPolygon(Graticule graticule, Geometry geometry)
    {
        if (geometry is not Polygon polygon)
            throw new ArgumentException($"A {geometry.GeometryType} covers no cells; a polygon was expected.", nameof(geometry));
        AddRing(graticule, polygon.ExteriorRing);
        foreach (var hole in polygon.InteriorRings)
            AddRing(graticule, hole);
    }

    private void AddRing(Graticule graticule, LineString ring)
    {
        var points = ring.CoordinateSequence;
        for (var i = 0; i < points.Count; i++)
        {
            if (!(Math.Abs(points.GetX(i)) <= 180 && Math.Abs(points.GetY(i)) <= 90))
                throw new ArgumentException($"The point {points.GetX(i)}, {points.GetY(i)} is not on the Earth.", nameof(ring));
            if (i > 0)
                _edges.Add(Edge.Between(PointAt(graticule, points, i - 1), PointAt(graticule, points, i)));
        }
    }

    private static (double Column, double Row) PointAt(Graticule graticule, CoordinateSequence points, int index) =>
        (graticule.ColumnsFromAntimeridian(points.GetX(index)), graticule.RowsFromSouthPole(points.GetY(index)));

    /// <summary>An edge from its southern to its northern end: the same from either side, so that neighbours' shared borders agree to the bit.</summary>
    private readonly record struct Edge(double SouthColumn, double South, double NorthColumn, double North)
    {
        public static Edge Between((double Column, double Row) one, (double Column, double Row) other) =>
            one.Row < other.Row || (one.Row == other.Row && one.Column <= other.Column)
                ? new(one.Column, one.Row, other.Column, other.Row)
                : new(other.Column, other.Row, one.Column, one.Row);

        /// <summary>Where the edge crosses a parallel between its ends; it must not be horizontal.</summary>
        public double ColumnAt(double row)
        {
            var column = SouthColumn + ((row - South) / (North - South) * (NorthColumn - SouthColumn));
            return Math.Clamp(column, Math.Min(SouthColumn, NorthColumn), Math.Max(SouthColumn, NorthColumn));
        }
    }
}
