using System.Globalization;

namespace Registry.Core.GeoJson;

/// <summary>What a line or a ring must be by itself: long enough, closed, of some extent, on one side of the antimeridian.</summary>
internal static class LineChecks
{
    /// <summary>Nearer than this, in degrees, is the same place: the last decimal that <see cref="GeometryWriter"/> writes.</summary>
    internal const double SamePlace = 1e-9;

    private const int LeastInRing = 4;
    private const int LeastInLine = 2;

    /// <summary>Checks each line; one fault of each at most.</summary>
    /// <param name="type">The type of the whole.</param>
    /// <param name="positions">Its positions.</param>
    /// <param name="limits">For the length of an edge.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="trusted">Checks no more than building needs, and lets empty lines pass.</param>
    public static void Check(GeometryTypes type, PositionList positions, GeoJsonLimits limits, FaultList faults, bool trusted)
    {
        if (type is GeometryTypes.Point or GeometryTypes.MultiPoint)
            return;
        var isRing = (type & GeometryTypes.Areas) != 0;
        foreach (var line in positions.Lines)
        {
            if (faults.IsFull)
                return;
            if (trusted && line.Count == 0)
                continue;
            if (IsLongEnough(positions, line, isRing, faults) && IsClosed(positions, line, isRing, faults) && !trusted)
                CheckExtent(positions, line, isRing, limits.EdgeDegrees, faults);
        }
    }

    private static bool IsLongEnough(PositionList positions, PositionList.Line line, bool isRing, FaultList faults)
    {
        var least = isRing ? LeastInRing : LeastInLine;
        if (line.Count >= least)
            return true;
        faults.Add(
            positions.PointerTo(line),
            string.Create(CultureInfo.InvariantCulture, $"A {(isRing ? "ring" : "line")} has at least {least} positions; this one has {line.Count}."));
        return false;
    }

    private static bool IsClosed(PositionList positions, PositionList.Line line, bool isRing, FaultList faults)
    {
        var last = line.Start + line.Count - 1;
        if (!isRing || (positions.Longitude(line.Start) == positions.Longitude(last) && positions.Latitude(line.Start) == positions.Latitude(last)))
            return true;
        faults.Add(
            positions.PointerTo(line),
            $"The ring is not closed: it begins at {Place(positions, line.Start)} and ends at {Place(positions, last)}.");
        return false;
    }

    private static void CheckExtent(PositionList positions, PositionList.Line line, bool isRing, int edgeDegrees, FaultList faults)
    {
        for (var i = 1; i < line.Count; i++)
        {
            var span = Math.Abs(positions.Longitude(line.Start + i) - positions.Longitude(line.Start + i - 1));
            if (span <= edgeDegrees)
                continue;
            faults.Add(
                positions.PointerTo(line, i),
                string.Create(CultureInfo.InvariantCulture, $"The edge that ends here spans {span:0.######} degrees of longitude; geometry over the antimeridian is cut at it (RFC 7946, section 3.1.9)."));
            return;
        }

        var farthest = Farthest(positions, line);
        if (Distance(positions, line.Start, farthest) <= SamePlace)
            faults.Add(positions.PointerTo(line), $"All positions of the {(isRing ? "ring" : "line")} are one place.");
        else if (isRing && Width(positions, line, farthest) <= SamePlace)
            faults.Add(positions.PointerTo(line), "The ring has zero area: its positions lie on one straight line.");
    }

    private static int Farthest(PositionList positions, PositionList.Line line)
    {
        var farthest = line.Start;
        for (var i = line.Start + 1; i < line.Start + line.Count; i++)
        {
            if (Distance(positions, line.Start, i) > Distance(positions, line.Start, farthest))
                farthest = i;
        }

        return farthest;
    }

    /// <summary>How far, in degrees, the ring strays from the straight line through its first position and the one farthest from it.</summary>
    private static double Width(PositionList positions, PositionList.Line line, int farthest)
    {
        var x = positions.Longitude(line.Start);
        var y = positions.Latitude(line.Start);
        var dx = positions.Longitude(farthest) - x;
        var dy = positions.Latitude(farthest) - y;
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        var width = 0.0;
        for (var i = line.Start; i < line.Start + line.Count; i++)
            width = Math.Max(width, Math.Abs((dx * (positions.Latitude(i) - y)) - (dy * (positions.Longitude(i) - x))) / length);
        return width;
    }

    private static double Distance(PositionList positions, int from, int to)
    {
        var dx = positions.Longitude(to) - positions.Longitude(from);
        var dy = positions.Latitude(to) - positions.Latitude(from);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    private static string Place(PositionList positions, int position) =>
        JsonTokens.Place(positions.Longitude(position), positions.Latitude(position));
}
