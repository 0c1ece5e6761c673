using System.Globalization;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>
/// Takes the positions out of a geometry that was built by the reader of another format, to be checked like those that are sent as
/// GeoJSON. Altitudes are dropped.
/// </summary>
/// <param name="limits">How many positions and rings.</param>
/// <param name="faults">Where faults go. After the first nothing more is looked for.</param>
internal sealed class GeometryPositions(GeoJsonLimits limits, FaultList faults)
{
    /// <summary>The positions: of use only if no fault was found.</summary>
    public PositionList Of(Geometry geometry)
    {
        if (geometry.NumPoints > limits.Vertices)
            faults.Add("/coordinates", string.Create(CultureInfo.InvariantCulture, $"More than {limits.Vertices:#,0} positions."));
        var positions = new PositionList(geometry switch
        {
            Point => 0,
            MultiPoint or LineString => 1,
            MultiLineString or Polygon => 2,
            _ => 3,
        });
        switch (geometry)
        {
            case MultiPoint points:
                AddLine(positions, 0, 0, points.Coordinates);
                break;
            case Polygon polygon:
                AddRings(positions, 0, polygon);
                break;
            default:
                positions.Parts = geometry is MultiPolygon ? geometry.NumGeometries : 1;
                for (var i = 0; i < geometry.NumGeometries && faults.IsEmpty; i++)
                {
                    if (geometry.GetGeometryN(i) is Polygon part)
                        AddRings(positions, i, part);
                    else
                        AddLine(positions, 0, i, geometry.GetGeometryN(i).Coordinates);
                }

                break;
        }

        if (faults.IsEmpty && positions.Lines.Count > limits.Rings)
            faults.Add("/coordinates", string.Create(CultureInfo.InvariantCulture, $"More than {limits.Rings:#,0} rings or lines."));
        else if (faults.IsEmpty && positions.Lines.Count == 0)
            faults.Add("/coordinates", "The array is empty.");
        return positions;
    }

    private void AddRings(PositionList positions, int part, Polygon polygon)
    {
        AddLine(positions, part, 0, polygon.ExteriorRing.Coordinates);
        for (var i = 0; i < polygon.NumInteriorRings; i++)
            AddLine(positions, part, i + 1, polygon.GetInteriorRingN(i).Coordinates);
    }

    private void AddLine(PositionList positions, int part, int index, Coordinate[] coordinates)
    {
        if (!faults.IsEmpty)
            return;
        if (coordinates.Length == 0)
            faults.Add("/coordinates", "The array is empty.");
        var start = positions.Count;
        foreach (var place in coordinates)
        {
            if ((Wgs84.FaultOf(0, place.X) ?? Wgs84.FaultOf(1, place.Y)) is { } fault)
            {
                faults.Add("/coordinates", fault);
                return;
            }

            positions.Add(place.X, place.Y);
        }

        positions.EndLine(part, index, start);
    }
}
