using System.Text.RegularExpressions;
using Registry.Core.GeoJson;
using Registry.Formats.Features;

namespace Registry.Formats.Shapefile;

/// <summary>Whether the .prj of a shapefile says that its coordinates are degrees in WGS 84.</summary>
internal static partial class Projection
{
    /// <summary>Refuses a shapefile that says nothing, or another reference system.</summary>
    /// <param name="prj">The text of its .prj (well-known text of a reference system, version 1 or 2); null when it has none.</param>
    /// <exception cref="SourceException">It is so.</exception>
    public static void Require(string? prj)
    {
        const string remedy = "Transform it first: ogr2ogr -t_srs EPSG:4326.";
        if (string.IsNullOrWhiteSpace(prj))
            throw new SourceException("The shapefile has no .prj, so nobody can say where on Earth its numbers are. Add the one that it was made with.");
        var name = Name().Match(prj) is { Success: true } match ? $" (\"{JsonTokens.Shortened(match.Groups[1].Value)}\")" : "";
        if (!Geographic().IsMatch(prj))
            throw new SourceException($"The .prj names a reference system{name} that is no geographic one; only WGS 84 in degrees is read. {remedy}");
        if (!Datum().IsMatch(prj) || !IsGreenwich(prj) || !Degree().IsMatch(prj))
            throw new SourceException($"The .prj names another reference system{name} than WGS 84 in degrees. {remedy}");
    }

    [GeneratedRegex(@"^\s*\w+\s*\[\s*""([^""]*)""", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*(GEOGCS|GEOGCRS|GEODCRS)\s*\[", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Geographic();

    [GeneratedRegex(@"(DATUM|ENSEMBLE)\s*\[\s*""(D_)?(WGS[_ ]?(19)?84|World Geodetic System 1984( ensemble)?)""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Datum();

    // A version that leaves the prime meridian out means Greenwich.
    private static bool IsGreenwich(string prj) => !prj.Contains("PRIMEM", StringComparison.OrdinalIgnoreCase) || Greenwich().IsMatch(prj);

    [GeneratedRegex(@"PRIMEM\s*\[\s*""Greenwich""\s*,\s*0(\.0*)?\s*[,\]]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Greenwich();

    [GeneratedRegex(@"UNIT\s*\[\s*""degree""\s*,\s*0\.01745329", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Degree();
}
