using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Noding;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// Counts where the lines and edges of a geometry cross each other, as far as a limit: what is worked out of it takes time and memory for
/// each of these places, of which a line of 20,000 positions can have 200 million.
/// </summary>
internal sealed class Tangle : ISegmentIntersector
{
    /// <summary>The most places, as many as positions.</summary>
    public const int Most = 20_000;

    /// <summary>What is wrong with a geometry in which there are more.</summary>
    public const string Fault = "The lines and edges of the geometry cross each other at more than 20,000 places.";

    private readonly RobustLineIntersector _intersector = new();
    private int _places;

    private Tangle()
    {
    }

    /// <inheritdoc/>
    public bool IsDone => _places > Most;

    /// <summary>Whether there are more than <see cref="Most"/>.</summary>
    public static bool IsIn(Geometry geometry)
    {
        var tangle = new Tangle();
        ISegmentString[] lines =
            [.. LinearComponentExtracter.GetLines(geometry).Cast<LineString>().Select(line => new BasicSegmentString(line.Coordinates, null))];
        new MCIndexNoder(tangle).ComputeNodes(lines);
        return tangle.IsDone;
    }

    /// <inheritdoc/>
    public void ProcessIntersections(ISegmentString e0, int segIndex0, ISegmentString e1, int segIndex1)
    {
        if (IsDone || (e0 == e1 && segIndex0 == segIndex1))
            return;
        _intersector.ComputeIntersection(
            e0.Coordinates[segIndex0], e0.Coordinates[segIndex0 + 1], e1.Coordinates[segIndex1], e1.Coordinates[segIndex1 + 1]);
        if (_intersector.HasIntersection && _intersector.IsInteriorIntersection())
            _places++;
    }
}
