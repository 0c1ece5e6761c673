using NetTopologySuite.Geometries;
using Registry.Core.Areas;
using Registry.Core.GeoJson;
using Registry.Core.Ground;

namespace Registry.Sample;

/// <summary>The made-up restriction areas: ovals about where such areas are, and no more than that.</summary>
internal static class SampleAreas
{
    private const string NoLaw = "None: a rough sample outline, not the legal one";

    // Settlements keep 1,000 m around them; 0.05 degrees are at least 3 km anywhere in the country.
    private const double SettlementMetres = 1_000;
    private const double ClearDegrees = 0.05;
    private const int MostCells = 100_000;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SampleArea> All { get; } =
    [
        Oval("astana", "Astana (sample)", RestrictionEffect.Exclude, 71.45, 51.13, 0.30, 0.18, SettlementMetres),
        Oval("almaty", "Almaty (sample)", RestrictionEffect.Exclude, 76.92, 43.26, 0.22, 0.15, SettlementMetres),
        Oval("baikonur", "Lands around the Baikonur cosmodrome (sample)", RestrictionEffect.Exclude, 63.35, 45.95, 0.90, 0.60, 0),
        Oval("korgalzhyn", "Korgalzhyn reserve (sample)", RestrictionEffect.Exclude, 69.20, 50.45, 0.50, 0.25, 0),
        Oval("markakol", "Markakol reserve (sample)", RestrictionEffect.Exclude, 85.80, 48.75, 0.35, 0.12, 0),
        Oval("kapshagai", "Kapshagai reservoir (sample)", RestrictionEffect.Consent, 77.45, 43.85, 0.45, 0.12, 0),
    ];

    /// <summary>The cells that an area, its buffer and some margin touch.</summary>
    public static CellSet KeptClearOf(Graticule graticule, SampleArea area) =>
        Snapping.Snap(graticule, area.Geometry.Buffer(ClearDegrees), SnapRule.Touched, MostCells).Cells;

    private static SampleArea Oval(
        string key, string name, RestrictionEffect effect, double longitude, double latitude, double halfWidth, double halfHeight, double bufferMetres)
    {
        const int corners = 16;
        var ring = new Coordinate[corners + 1];
        for (var i = 0; i < corners; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / corners);
            // Rounded to about 10 m, so that the last bit of a sine, which differs between machines, is of no account.
            ring[i] = new Coordinate(Math.Round(longitude + (halfWidth * cos), 4), Math.Round(latitude + (halfHeight * sin), 4));
        }

        ring[corners] = ring[0].Copy();
        return new($"sample-area-{key}", name, effect, Wgs84.Factory.CreatePolygon(ring), bufferMetres, NoLaw);
    }
}
