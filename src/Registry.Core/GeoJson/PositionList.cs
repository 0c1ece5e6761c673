using System.Globalization;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>The positions of a geometry as they were sent, before anything is built of them: numbers, and where each line ends.</summary>
/// <param name="levels">How many arrays enclose a position in <c>coordinates</c>: 0 for a Point, 3 for a MultiPolygon.</param>
internal sealed class PositionList(int levels)
{
    private readonly List<double> _ordinates = [];
    private readonly List<Line> _lines = [];

    /// <summary>A ring, or a line, or the positions of a MultiPoint.</summary>
    /// <param name="Part">The polygon of a MultiPolygon; 0 elsewhere.</param>
    /// <param name="Index">The place in its polygon, where 0 is the outer ring, or among the lines of a MultiLineString.</param>
    /// <param name="Start">Its first position, counted over the whole.</param>
    /// <param name="Count">How many positions.</param>
    public readonly record struct Line(int Part, int Index, int Start, int Count);

    /// <summary>How many positions there are.</summary>
    public int Count => _ordinates.Count / 2;

    /// <summary>Rings or lines, in the order in which they were sent.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>How many polygons there are, those without rings included.</summary>
    public int Parts { get; set; } = 1;

    /// <summary>Longitude of a position, degrees.</summary>
    public double Longitude(int position) => _ordinates[2 * position];

    /// <summary>Latitude of a position, degrees.</summary>
    public double Latitude(int position) => _ordinates[(2 * position) + 1];

    /// <summary>Adds a position to the line at hand.</summary>
    public void Add(double longitude, double latitude)
    {
        _ordinates.Add(longitude);
        _ordinates.Add(latitude);
    }

    /// <summary>Ends the line that began at a position.</summary>
    public void EndLine(int part, int index, int start) => _lines.Add(new Line(part, index, start, Count - start));

    /// <summary>The positions of a line as NetTopologySuite takes them, from the last to the first where it is to be turned.</summary>
    public Coordinate[] ToCoordinates(Line line, bool reversed = false)
    {
        var coordinates = new Coordinate[line.Count];
        for (var i = 0; i < line.Count; i++)
        {
            var position = line.Start + (reversed ? line.Count - 1 - i : i);
            coordinates[i] = new Coordinate(Longitude(position), Latitude(position));
        }

        return coordinates;
    }

    /// <summary>The pointer to a line.</summary>
    public string PointerTo(Line line) => levels switch
    {
        2 => string.Create(CultureInfo.InvariantCulture, $"/coordinates/{line.Index}"),
        3 => string.Create(CultureInfo.InvariantCulture, $"/coordinates/{line.Part}/{line.Index}"),
        _ => "/coordinates",
    };

    /// <summary>The pointer to a position of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="index">The place in the line, from 0.</param>
    public string PointerTo(Line line, int index) => string.Create(CultureInfo.InvariantCulture, $"{PointerTo(line)}/{index}");
}
