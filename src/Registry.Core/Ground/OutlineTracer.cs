namespace Registry.Core.Ground;

/// <summary>Traces the boundary of a set of cells with integers alone.</summary>
/// <remarks>
/// A sweep over the parallels on which the set changes. Along one of them the ends of the runs below and above are merged like sorted
/// lists. Where one end stands alone, or a run ends below another that begins, the boundary turns: there is a vertex. Vertices along
/// a parallel pair up into horizontal edges, and each vertical edge waits at the end of its run for the vertex that closes it. Thus
/// every vertex learns its successor in one pass over the runs, in linear time.
/// <para>
/// Where cells meet in a corner only, two turns share one point. When they belong to different parts, each turn hugs its own cell,
/// and the parts touch there. When they belong to one part, each turn hugs the gap instead: a path through the part joins the two
/// cells, so the gaps are apart and their rings differ. Either way no ring passes a point twice, which makes the polygons valid.
/// </para>
/// </remarks>
internal ref struct OutlineTracer
{
    /// <summary>Vertices that a run can have at most: its four corners.</summary>
    public const int VerticesPerRun = 4;

    /// <summary>Integers of scratch that a run needs.</summary>
    public const int ScratchPerRun = 2 + (2 * VerticesPerRun);

    private const int None = -1;

    private readonly ReadOnlySpan<CellRun> _runs;
    private readonly ReadOnlySpan<int> _parts;
    private readonly Span<Vertex> _vertices;
    private readonly Span<int> _next;
    private readonly Span<int> _partOfVertex;

    // For each end of a run (2i is the west end of run i, 2i + 1 its east end) the vertex at which its vertical edge begins in the south.
    private readonly Span<int> _foot;
    private int _count;

    /// <param name="runs">The runs of the set, in order.</param>
    /// <param name="parts">The part of each run.</param>
    /// <param name="vertices">Room for <see cref="VerticesPerRun"/> a run.</param>
    /// <param name="scratch">Room for <see cref="ScratchPerRun"/> a run.</param>
    public OutlineTracer(ReadOnlySpan<CellRun> runs, ReadOnlySpan<int> parts, Span<Vertex> vertices, Span<int> scratch)
    {
        _runs = runs;
        _parts = parts;
        _vertices = vertices;
        _next = scratch[..(VerticesPerRun * runs.Length)];
        _partOfVertex = scratch.Slice(VerticesPerRun * runs.Length, VerticesPerRun * runs.Length);
        _foot = scratch.Slice(2 * VerticesPerRun * runs.Length, 2 * runs.Length);
    }

    /// <summary>The polygons of the set, one for each part, in the order of the parts.</summary>
    public OutlinePolygon[] Trace(int partCount)
    {
        Sweep();
        var shells = new Vertex[partCount][];
        var holes = new List<Vertex[]>?[partCount];
        for (var start = 0; start < _count; start++)
        {
            if (_next[start] == None)
                continue;
            var part = _partOfVertex[start];
            var ring = TakeRing(start);
            // The southernmost and westernmost vertex of a part is on its shell, so the shell comes before all holes.
            if (shells[part] is null)
                shells[part] = ring;
            else
                (holes[part] ??= []).Add(ring);
        }

        var polygons = new OutlinePolygon[partCount];
        for (var part = 0; part < partCount; part++)
            polygons[part] = new OutlinePolygon(shells[part], holes[part] ?? (IReadOnlyList<Vertex[]>)[]);
        return polygons;
    }

    private readonly Vertex[] TakeRing(int start)
    {
        var length = 1;
        for (var at = _next[start]; at != start; at = _next[at])
            length++;
        var ring = new Vertex[length];
        var vertex = start;
        for (var i = 0; i < length; i++)
        {
            ring[i] = _vertices[vertex];
            var next = _next[vertex];
            _next[vertex] = None;
            vertex = next;
        }

        return ring;
    }

    private void Sweep()
    {
        var below = 0..0;
        for (var first = 0; first < _runs.Length;)
        {
            var row = _runs[first].Row;
            var end = first + 1;
            while (end < _runs.Length && _runs[end].Row == row)
                end++;
            var above = first..end;
            if (below.End.Value > 0 && _runs[below.Start].Row + 1 < row)
            {
                Parallel(_runs[below.Start].Row + 1, below, 0..0);
                below = 0..0;
            }

            Parallel(row, below, above);
            below = above;
            first = end;
        }

        if (below.End.Value > 0)
            Parallel(_runs[below.Start].Row + 1, below, 0..0);
    }

    /// <summary>Finds the vertices on one parallel, between the runs below and the runs above it.</summary>
    private void Parallel(int row, Range below, Range above)
    {
        var lower = 2 * below.Start.Value;
        var lowerEnd = 2 * below.End.Value;
        var upper = 2 * above.Start.Value;
        var upperEnd = 2 * above.End.Value;
        var edge = new HorizontalEdge();
        while (lower < lowerEnd || upper < upperEnd)
        {
            var lowerColumn = lower < lowerEnd ? Column(lower) : int.MaxValue;
            var upperColumn = upper < upperEnd ? Column(upper) : int.MaxValue;
            if (lowerColumn < upperColumn)
            {
                var vertex = Add(lowerColumn, row, lower);
                CloseVertical(lower, vertex);
                edge.Meet(vertex, _next);
                lower++;
            }
            else if (upperColumn < lowerColumn)
            {
                var vertex = Add(upperColumn, row, upper);
                _foot[upper] = vertex;
                edge.GroundAbove = IsWestEnd(upper);
                edge.Meet(vertex, _next);
                upper++;
            }
            else
            {
                if (IsWestEnd(lower) == IsWestEnd(upper))
                    _foot[upper] = _foot[lower];
                else
                    CrossCorner(row, lower, upper, ref edge);
                edge.GroundAbove = IsWestEnd(upper);
                lower++;
                upper++;
            }
        }
    }

    /// <summary>Two cells that meet in a corner only: two turns at one point.</summary>
    private void CrossCorner(int row, int lower, int upper, ref HorizontalEdge edge)
    {
        var onePart = _parts[lower / 2] == _parts[upper / 2];
        var column = Column(lower);
        // The first vertex ends the edge in the west and the second begins the edge in the east. If the upper cell is the western one,
        // it is hugged by the first vertex going up; the gap above, by the second.
        var firstGoesUp = IsWestEnd(lower) != onePart;
        var first = Add(column, row, firstGoesUp ? upper : lower);
        var second = Add(column, row, firstGoesUp ? lower : upper);
        edge.Meet(first, _next);
        edge.GroundAbove = IsWestEnd(upper);
        edge.Meet(second, _next);
        CloseVertical(lower, firstGoesUp ? second : first);
        _foot[upper] = firstGoesUp ? first : second;
    }

    private readonly int Column(int end) => IsWestEnd(end) ? _runs[end / 2].First : _runs[end / 2].Last + 1;

    private static bool IsWestEnd(int end) => (end & 1) == 0;

    private int Add(int column, int row, int end)
    {
        _vertices[_count] = new Vertex(column, row);
        _partOfVertex[_count] = _parts[end / 2];
        return _count++;
    }

    /// <summary>Ends the vertical edge of a run's end: the boundary goes south along the west side and north along the east side.</summary>
    private readonly void CloseVertical(int end, int head)
    {
        if (IsWestEnd(end))
            _next[head] = _foot[end];
        else
            _next[_foot[end]] = head;
    }

    /// <summary>The horizontal edge that the sweep along a parallel is on, if it is on one.</summary>
    private struct HorizontalEdge()
    {
        private int _west = None;
        private bool _eastward;

        /// <summary>Whether the ground is above the parallel here; the boundary then goes east, or else west.</summary>
        public bool GroundAbove { get; set; }

        /// <summary>Begins an edge at a vertex, or ends the one that was begun.</summary>
        public void Meet(int vertex, Span<int> next)
        {
            if (_west == None)
            {
                _west = vertex;
                _eastward = GroundAbove;
                return;
            }

            if (_eastward)
                next[_west] = vertex;
            else
                next[vertex] = _west;
            _west = None;
        }
    }
}
