using System.Globalization;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Registry.Core.GeoJson;

namespace Registry.Formats.DepositTables;

/// <summary>Reads where a row says that its deposit lies, and refuses what can be no place of the jurisdiction.</summary>
/// <param name="outline">The jurisdiction's outline, in degrees.</param>
internal sealed class RowCoordinates(Geometry outline)
{
    private readonly IndexedPointInAreaLocator _outline = new(outline);

    /// <summary>The point of a row.</summary>
    /// <param name="row">Columns <c>lat</c> and <c>lon</c>, in degrees with a decimal point.</param>
    /// <returns>The point, or null and why there is none.</returns>
    public (Point? Point, string? Refusal) Read(DepositRow row)
    {
        var (lat, lon) = (row.Field("lat"), row.Field("lon"));
        if (lat.Length == 0 || lon.Length == 0)
            return (null, "the coordinates are missing");
        if (!TryReadDegrees(lat, out var latitude) || !TryReadDegrees(lon, out var longitude))
            return (null, $"the coordinates '{Shortened(lat)}', '{Shortened(lon)}' are no numbers of degrees");
        if (latitude == 0 && longitude == 0)
            return (null, "0, 0 is no place but a gap in the source");

        if (IsInside(longitude, latitude))
            return (Wgs84.Factory.CreatePoint(new Coordinate(longitude, latitude)), null);
        if (IsInside(latitude, longitude))
            return (null, $"latitude {Text(latitude)} and longitude {Text(longitude)} seem to be swapped; correct the source");
        return (null, Math.Abs(latitude) > 90 || Math.Abs(longitude) > 180
            ? $"latitude {Text(latitude)}, longitude {Text(longitude)} is not on the Earth"
            : $"the point at latitude {Text(latitude)}, longitude {Text(longitude)} lies outside the jurisdiction");
    }

    private bool IsInside(double longitude, double latitude) =>
        _outline.Locate(new Coordinate(longitude, latitude)) != Location.Exterior;

    private static bool TryReadDegrees(string text, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees) && double.IsFinite(degrees);

    private static string Text(double degrees) => degrees.ToString(CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length > 20 ? $"{text[..20]}..." : text;
}
