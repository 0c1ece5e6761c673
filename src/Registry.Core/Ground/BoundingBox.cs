using NetTopologySuite.Geometries;

namespace Registry.Core.Ground;

/// <summary>A rectangle in degrees, west and south edges first. It does not cross the antimeridian.</summary>
public readonly record struct BoundingBox(double West, double South, double East, double North)
{
    /// <summary>The whole Earth.</summary>
    public static BoundingBox World { get; } = new(-180, -90, 180, 90);

    /// <summary>The rectangle of a cell.</summary>
    public static BoundingBox Of(Graticule graticule, Cell cell)
    {
        var (row, column) = (graticule.Row(cell), graticule.Column(cell));
        return new BoundingBox(
            graticule.Longitude(column), graticule.Latitude(row), graticule.Longitude(column + 1), graticule.Latitude(row + 1));
    }

    /// <summary>The smallest rectangle around cells.</summary>
    /// <exception cref="ArgumentException">There are no cells.</exception>
    public static BoundingBox Of(Graticule graticule, CellSet cells)
    {
        if (cells.Count == 0)
            throw new ArgumentException("No cells, no rectangle.", nameof(cells));
        var (west, east) = (int.MaxValue, int.MinValue);
        foreach (var cell in cells.AsSpan())
        {
            var column = graticule.Column(cell);
            (west, east) = (Math.Min(west, column), Math.Max(east, column));
        }

        return new BoundingBox(
            graticule.Longitude(west), graticule.Latitude(graticule.Row(cells[0])),
            graticule.Longitude(east + 1), graticule.Latitude(graticule.Row(cells[^1]) + 1));
    }

    /// <summary>The rectangle of a sheet.</summary>
    public static BoundingBox Of(Graticule graticule, SheetId sheet) => new(
        graticule.Longitude(graticule.FirstColumn(sheet)),
        graticule.Latitude(graticule.FirstRow(sheet)),
        graticule.Longitude(graticule.FirstColumn(sheet) + graticule.ColumnsPerSheet),
        graticule.Latitude(graticule.FirstRow(sheet) + graticule.RowsPerSheet));

    /// <summary>The smallest rectangle around a geometry.</summary>
    public static BoundingBox Of(Geometry geometry)
    {
        var envelope = geometry.EnvelopeInternal;
        return new BoundingBox(envelope.MinX, envelope.MinY, envelope.MaxX, envelope.MaxY);
    }

    /// <summary>Whether the rectangles share a point.</summary>
    public bool Intersects(BoundingBox other) =>
        West <= other.East && other.West <= East && South <= other.North && other.South <= North;

    /// <summary>Whether every point of the other is in this one.</summary>
    public bool Contains(BoundingBox other) =>
        West <= other.West && other.East <= East && South <= other.South && other.North <= North;

    /// <summary>The smallest rectangle around both.</summary>
    public BoundingBox Around(BoundingBox other) => new(
        Math.Min(West, other.West), Math.Min(South, other.South), Math.Max(East, other.East), Math.Max(North, other.North));

    /// <summary>The rectangle as the geometry library's envelope.</summary>
    public Envelope ToEnvelope() => new(West, East, South, North);

    /// <summary>The rectangle as a polygon.</summary>
    public Geometry ToPolygon() => GeometryFactory.Default.ToGeometry(ToEnvelope());
}
