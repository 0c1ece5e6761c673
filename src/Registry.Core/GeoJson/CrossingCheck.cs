using System.Globalization;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>
/// Finds two edges of an area that cross, and bounds how long the search for anything finer may take: before geometry is built.
/// </summary>
/// <remarks>
/// Edges are sorted by their western ends, and each is compared with those that begin before it ends and whose boxes meet it. The
/// number of such pairs grows with the edges in ordinary outlines and with their square in one made to be slow, such as a comb of
/// 10,000 slanting teeth, on which NetTopologySuite's own check (about 0.2 us a pair) took 44 seconds. The signs are exact
/// (<see cref="CGAlgorithmsDD"/>). Edges that merely touch or overlap are left to <see cref="AreaCheck"/>.
/// </remarks>
internal sealed class CrossingCheck
{
    // Edges that lie above each other, far apart, are looked at too, at a hundredth of the cost of a pair.
    private const int LooksOfPair = 50;

    private readonly PositionList _positions;
    private readonly Edge[] _edges;
    private readonly double[] _west;

    private CrossingCheck(PositionList positions)
    {
        _positions = positions;
        _edges = new Edge[positions.Count - positions.Lines.Count];
        _west = new double[_edges.Length];
        var count = 0;
        for (var line = 0; line < positions.Lines.Count; line++)
        {
            var (start, length) = (positions.Lines[line].Start, positions.Lines[line].Count);
            for (var i = 0; i < length - 1; i++)
            {
                var (y, nextY) = (positions.Latitude(start + i), positions.Latitude(start + i + 1));
                var (x, nextX) = (positions.Longitude(start + i), positions.Longitude(start + i + 1));
                _west[count] = Math.Min(x, nextX);
                _edges[count++] = new Edge(line, start + i, Math.Max(x, nextX), Math.Min(y, nextY), Math.Max(y, nextY));
            }
        }

        Array.Sort(_west, _edges);
    }

    private readonly record struct Edge(int Line, int Start, double East, double South, double North);

    /// <summary>Adds the first crossing that is found, or that the rings are too intricate to be checked.</summary>
    /// <param name="positions">Closed rings.</param>
    /// <param name="limits">How many pairs of edges are compared.</param>
    /// <param name="faults">Where the fault goes.</param>
    public static void Check(PositionList positions, GeoJsonLimits limits, FaultList faults) =>
        new CrossingCheck(positions).Check(limits.EdgePairs, faults);

    private void Check(int mostPairs, FaultList faults)
    {
        var (pairs, looks) = (0, 0L);
        for (var i = 0; i < _edges.Length; i++)
        {
            ref readonly var edge = ref _edges[i];
            for (var j = i + 1; j < _edges.Length && _west[j] <= edge.East; j++)
            {
                ref readonly var other = ref _edges[j];
                if (++looks > (long)LooksOfPair * mostPairs)
                {
                    faults.Add("/coordinates", "The rings are too intricate to be checked for crossings: too many edges lie above each other.");
                    return;
                }

                if (other.South > edge.North || other.North < edge.South)
                    continue;
                if (Cross(edge.Start, other.Start))
                {
                    Report(edge, other, faults);
                    return;
                }

                if (++pairs <= mostPairs)
                    continue;
                faults.Add("/coordinates", string.Create(CultureInfo.InvariantCulture, $"The rings are too intricate to be checked for crossings: over {mostPairs:#,0} pairs of edges lie close together."));
                return;
            }
        }
    }

    private void Report(Edge edge, Edge other, FaultList faults)
    {
        var (first, second) = edge.Start < other.Start ? (edge, other) : (other, edge);
        var place = CGAlgorithmsDD.Intersection(Position(first.Start), Position(first.Start + 1), Position(second.Start), Position(second.Start + 1));
        var (line, otherLine) = (_positions.Lines[first.Line], _positions.Lines[second.Line]);
        var (ring, index) = line == otherLine ? (line, first.Start - line.Start) : (otherLine, second.Start - otherLine.Start);
        faults.Add(_positions.PointerTo(ring, index), Sentence(line, otherLine, JsonTokens.Place(place.X, place.Y)));
    }

    /// <summary>The sentence for two rings, or one with itself, that have more than points in common.</summary>
    internal static string Sentence(PositionList.Line ring, PositionList.Line other, string place) =>
        ring == other ? $"The ring crosses itself at {place}."
        : ring.Part == other.Part ? $"Two rings of one polygon cross or share an edge at {place}."
        : $"Parts {ring.Part} and {other.Part} overlap or share an edge at {place}.";

    /// <summary>Whether two edges have a point in common that is an end of neither.</summary>
    private bool Cross(int edge, int other) =>
        Side(edge, other) * Side(edge, other + 1) < 0 && Side(other, edge) * Side(other, edge + 1) < 0;

    /// <summary>1 where the position is left of the edge, -1 right of it, 0 on its line.</summary>
    private int Side(int edge, int position) => CGAlgorithmsDD.OrientationIndex(
        _positions.Longitude(edge),
        _positions.Latitude(edge),
        _positions.Longitude(edge + 1),
        _positions.Latitude(edge + 1),
        _positions.Longitude(position),
        _positions.Latitude(position));

    private Coordinate Position(int position) => new(_positions.Longitude(position), _positions.Latitude(position));
}
