using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Registry.Formats.ReferenceSystems;

/// <summary>Finds a reference system by its code in the EPSG register, or by one of the names that files and people give it.</summary>
public static partial class SourceSystemNames
{
    private const string WebMercatorCodes = "3857 3785 900913 102100 102113";

    private static readonly ConcurrentDictionary<int, SourceSystem> s_known = new();

    private static readonly SourceSystem s_pulkovo = SourceSystem.Geographic("Pulkovo 1942", SourceDatum.Pulkovo1942);

    // How the codes of the EPSG register run: the first and the last of a range, and what each of them is.
    private static readonly (int First, int Last, Func<int, SourceSystem> Of)[] s_ranges =
    [
        (32_601, 32_660, code => Utm(code - 32_600, isNorth: true)),
        (32_701, 32_760, code => Utm(code - 32_700, isNorth: false)),
        // Pulkovo 1942 / Gauss-Kruger, 6 degrees: with the number of the zone before the easting, and without.
        (28_402, 28_432, code => SixDegrees(code - 28_400, hasNumber: true)),
        (28_462, 28_492, code => SixDegrees(code - 28_460, hasNumber: false)),
        (2_492, 2_522, code => SixDegrees(code - 2_490, hasNumber: false)),
        // The same by 3 degrees.
        (2_523, 2_549, code => ThreeDegrees(code - 2_516, hasNumber: true)),
        (2_551, 2_581, code => ThreeDegrees(code - 2_517, hasNumber: true)),
        (2_582, 2_599, code => ThreeDegrees(code - 2_575, hasNumber: false)),
        (2_601, 2_640, code => ThreeDegrees(code - 2_576, hasNumber: false)),
    ];

    /// <summary>The system of a code; null when it is none of those that are read.</summary>
    public static SourceSystem? OfEpsg(long code)
    {
        if (code is 4326 or 4979)
            return SourceSystem.Wgs84;
        if (code == 4284)
            return s_pulkovo;
        if (WebMercatorCodes.Split(' ').Contains(code.ToString(CultureInfo.InvariantCulture)))
            return SourceSystem.WebMercator;
        foreach (var (first, last, of) in s_ranges)
        {
            // Each row of a table can name one.
            if (code >= first && code <= last)
                return s_known.GetOrAdd((int)code, of);
        }

        return null;
    }

    /// <summary>
    /// The system of a name: <c>EPSG:32642</c>, <c>urn:ogc:def:crs:EPSG::32642</c>, <c>http://www.opengis.net/def/crs/EPSG/0/32642</c>,
    /// <c>.../epsg.xml#32642</c>, <c>32642</c>, <c>CRS84</c> and the like.
    /// </summary>
    /// <returns>Null when it is none of those that are read.</returns>
    public static SourceSystem? Find(string name)
    {
        var trimmed = name.Trim().Trim('[', ']');
        if (NamesWgs84().IsMatch(trimmed))
            return SourceSystem.Wgs84;
        return Code().Match(trimmed) is { Success: true } match && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? OfEpsg(code)
            : null;
    }

    private static SourceSystem Utm(int zone, bool isNorth) => SourceSystem.Transverse(
        string.Create(CultureInfo.InvariantCulture, $"WGS 84 / UTM zone {zone}{(isNorth ? 'N' : 'S')}"),
        SourceDatum.Wgs84, new TransverseMercator((6 * zone) - 183, 0, 0.9996, 500_000, isNorth ? 0 : 10_000_000));

    private static SourceSystem SixDegrees(int zone, bool hasNumber) => GaussKruger("Gauss-Kruger", zone, (6 * zone) - 3, hasNumber);

    private static SourceSystem ThreeDegrees(int zone, bool hasNumber) => GaussKruger("3-degree Gauss-Kruger", zone, 3 * zone, hasNumber);

    // Zones go around the Earth: those behind 180 degrees are west.
    private static SourceSystem GaussKruger(string name, int zone, int meridian, bool hasNumber) => SourceSystem.Transverse(
        string.Create(CultureInfo.InvariantCulture, $"Pulkovo 1942 / {name} {(hasNumber ? "zone" : "without number, zone")} {zone}"),
        SourceDatum.Pulkovo1942,
        new TransverseMercator(meridian > 180 ? meridian - 360 : meridian, 0, 1, 500_000 + (hasNumber ? zone * 1_000_000 : 0), 0));

    [GeneratedRegex(@"^(.*[:/#])?(crs:?84h?|wgs[ _]?(19)?84)$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NamesWgs84();

    [GeneratedRegex(@"^(?:.*(?:epsg|esri)(?:[:/].*)?(?:[:/]|\.xml#|#))?([0-9]{4,6})(?:/(?:proj4|ogcwkt|esriwkt|prj|wkt|gml|json)?)?/?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
