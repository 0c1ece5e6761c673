using Registry.Core.GeoJson;

namespace Registry.Formats.ReferenceSystems;

/// <summary>
/// Reads what reference system a well-known text describes (OGC 01-009, 12-063r5 and 18-010r7, and as ESRI writes it), by its datum, its
/// method and its numbers and not by its name, which every program writes in another way.
/// </summary>
internal static class WellKnownSystem
{
    private const double MetresTolerance = 1e-9;

    // The nodes that geographic systems stand in, in both versions.
    private static readonly string[] s_geographic = ["GEOGCS", "GEOGCRS", "GEODCRS", "GEODETICCRS", "GEOGRAPHICCRS", "BASEGEOGCRS", "BASEGEODCRS"];
    private static readonly string[] s_projected = ["PROJCS", "PROJCRS", "PROJECTEDCRS"];

    /// <summary>Reads it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subject">What names the system, as the beginning of a sentence: <c>The .prj</c>.</param>
    /// <exception cref="SourceException">It is none, or one that is not read.</exception>
    public static SourceSystem Read(string text, string subject)
    {
        var node = WktNode.Read(text);
        // A system of heights beside it says nothing of where.
        if (node is { Keyword: "COMPD_CS" or "COMPOUNDCRS" })
            node = node.Find([.. s_projected, .. s_geographic]);
        if (node is not null && SystemOf(node) is { } system)
            return system;
        var name = node is { Name.Length: > 0 } ? $" (\"{JsonTokens.Shortened(node.Name)}\")" : "";
        throw new SourceException(
            $"{subject} names another reference system{name} than those that are read: WGS 84 and Pulkovo 1942 in degrees, UTM and Gauss-Kruger on them, Web Mercator. {SourceSystem.Remedy}");
    }

    private static SourceSystem? SystemOf(WktNode node)
    {
        if (s_geographic.Contains(node.Keyword))
            return DatumOf(node) is { } degrees ? degrees == SourceDatum.Wgs84 ? SourceSystem.Wgs84 : SourceSystem.Geographic(node.Name, degrees) : null;
        if (!s_projected.Contains(node.Keyword) || node.Find(s_geographic) is not { } geographic || !IsMetre(node))
            return null;
        var conversion = node.Find("CONVERSION", "DERIVINGCONVERSION") ?? node;
        var method = Plain(conversion.Find("PROJECTION", "METHOD")?.Name ?? "");
        var datum = DatumOf(geographic);
        return method switch
        {
            "transversemercator" or "gausskruger" when datum is not null && TransverseOf(conversion) is { } zone =>
                SourceSystem.Transverse(node.Name, datum, zone),
            "mercatorauxiliarysphere" or "popularvisualisationpseudomercator" when datum == SourceDatum.Wgs84 && IsPlain(conversion) =>
                SourceSystem.WebMercator,
            // GDAL describes it as a Mercator on the ellipsoid, and says behind it that it is on a sphere.
            "mercator1sp" when datum == SourceDatum.Wgs84 && IsPlain(conversion) && node.Find("EXTENSION") is { Texts: ["PROJ4", var proj] }
                && proj.Contains("+a=6378137 +b=6378137 ", StringComparison.Ordinal) => SourceSystem.WebMercator,
            _ => null,
        };
    }

    private static SourceDatum? DatumOf(WktNode geographic)
    {
        var datum = geographic.Find("DATUM", "ENSEMBLE", "GEODETICDATUM", "TRF");
        if (datum?.Find("SPHEROID", "ELLIPSOID") is not { Numbers: [var semiMajorAxis, var inverseFlattening, ..] } || !IsGreenwich(geographic) || !IsDegree(geographic))
            return null;
        var shift = datum.Find("TOWGS84")?.Numbers;
        switch (Plain(datum.Name))
        {
            case "wgs1984" or "dwgs1984" or "wgs84" or "worldgeodeticsystem1984" or "worldgeodeticsystem1984ensemble"
                when IsNear(semiMajorAxis, 6_378_137) && IsNear(inverseFlattening, 298.257223563) && shift?.Any(number => number != 0) is not true:
                return SourceDatum.Wgs84;
            case "pulkovo1942" or "dpulkovo1942" when IsNear(semiMajorAxis, 6_378_245) && IsNear(inverseFlattening, 298.3):
                return shift is null ? SourceDatum.Pulkovo1942
                    : shift.Count == 7 && shift.All(number => Math.Abs(number) < 1000) ? SourceDatum.Pulkovo(shift) : null;
            default:
                return null;
        }
    }

    private static TransverseMercator? TransverseOf(WktNode conversion)
    {
        var zone = new TransverseMercator(0, 0, 1, 0, 0);
        foreach (var parameter in conversion.Nodes.Where(node => node.Keyword == "PARAMETER"))
        {
            if (parameter.Numbers is not [var value] || !double.IsFinite(value) || !IsDegree(parameter) || !IsMetre(parameter))
                return null;
            switch (Plain(parameter.Name))
            {
                case "centralmeridian" or "longitudeofnaturalorigin" or "longitudeoforigin" when Math.Abs(value) <= 180:
                    zone = zone with { Meridian = value };
                    break;
                case "latitudeoforigin" or "latitudeofnaturalorigin" when Math.Abs(value) <= 90:
                    zone = zone with { Latitude = value };
                    break;
                case "scalefactor" or "scalefactoratnaturalorigin" when value is > 0.9 and < 1.1:
                    zone = zone with { Scale = value };
                    break;
                case "falseeasting":
                    zone = zone with { FalseEasting = value };
                    break;
                case "falsenorthing":
                    zone = zone with { FalseNorthing = value };
                    break;
                default:
                    return null;
            }
        }

        return zone;
    }

    // Web Mercator has no parameter but those that are 0, and the scale.
    private static bool IsPlain(WktNode conversion) => conversion.Nodes.Where(node => node.Keyword == "PARAMETER")
        .All(parameter => parameter.Numbers is [0] || (parameter.Numbers is [1] && Plain(parameter.Name) == "scalefactor"));

    // A version that leaves the prime meridian out means Greenwich.
    private static bool IsGreenwich(WktNode geographic) => geographic.Find("PRIMEM", "PRIMEMERIDIAN") is null or { Numbers: [0, ..] };

    private static bool IsDegree(WktNode node) =>
        (node.Find("UNIT", "ANGLEUNIT") ?? AxisUnit(node, "ANGLEUNIT")) is null or { Numbers: [> 0.01745329 and < 0.0174533, ..] };

    private static bool IsMetre(WktNode node) => (node.Find("UNIT", "LENGTHUNIT") ?? AxisUnit(node, "LENGTHUNIT")) is not { Numbers: [var metres, ..] }
        || Math.Abs(metres - 1) < MetresTolerance;

    private static WktNode? AxisUnit(WktNode node, string keyword) => node.Find("AXIS")?.Find(keyword);

    private static bool IsNear(double number, double expected) => Math.Abs(number - expected) < 1e-6;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
