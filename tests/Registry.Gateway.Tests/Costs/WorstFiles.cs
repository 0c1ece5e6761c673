using System.Text;

namespace Registry.Gateway.Tests.Costs;

/// <summary>The worst files that are known, of a million bytes each.</summary>
internal static class WorstFiles
{
    private const int Bytes = 950_000;

    /// <summary>All of them, from a seed.</summary>
    public static IEnumerable<(string What, string MediaType, byte[] File)> All(Random random)
    {
        foreach (var (what, type, text) in Texts().Concat(WellKnownTexts()))
            yield return (what, type, Encoding.UTF8.GetBytes(text));
        foreach (var archive in WorstArchives.All(random))
            yield return archive;
        foreach (var (what, file) in WorstDatabases.All())
            yield return (what, "application/geopackage+sqlite3", file);
    }

    private static IEnumerable<(string What, string MediaType, string Text)> Texts()
    {
        const string csv = "text/csv", kml = "application/vnd.google-earth.kml+xml";
        yield return ("rows of CSV", csv, $"WKT,kind\n{Many("x,\n", 99_000)}");
        yield return ("rows of CSV without geometry", csv, $"kind\n{Many("x\n", 99_000)}");
        yield return ("rows of CSV of another number of fields", csv, $"WKT,kind\n{Many("x\n", 99_000)}");
        yield return ("rows of CSV of points", csv, $"lon,lat,kind\n{Many("70,48,x\n", 99_000)}");
        yield return ("columns of CSV", csv, "WKT," + string.Join(',', Enumerable.Range(0, 199).Select(i => $"{i}{new string('n', 190)}")) + "\n" + Many(new string(',', 199) + "\n", 4_500));
        yield return ("columns of CSV with short names", csv, "WKT," + string.Join(',', Enumerable.Range(0, 199)) + "\n" + Many(new string(',', 199) + "\n", 4_500));
        yield return ("pieces of KML", kml, $"<kml><Placemark><name>{Many("<![CDATA[1]]>", Bytes / 13)}</name></Placemark></kml>");
        yield return ("faults of KML", kml, $"<kml>{Many("<Placemark><Track/></Placemark>", Bytes / 31)}</kml>");
        yield return ("placemarks of KML", kml, $"<kml>{Many("<Placemark/>", Bytes / 12)}</kml>");
        yield return ("lines of GeoJSON", "application/geo+json-seq", Many("{}\n", 99_000));
        yield return ("broken lines of GeoJSON", "application/geo+json-seq", Many("{\n", 99_000));
        yield return ("empty features of GeoJSON", "application/geo+json", $$"""{"type":"FeatureCollection","features":[{{Many("{},", 99_000)}}{}]}""");
        yield return ("points of GeoJSON", "application/geo+json", $$"""{"type":"FeatureCollection","features":[{{Many("""{"type":"Feature","properties":null,"geometry":null},""", Bytes / 54)}}{}]}""");
    }

    private static IEnumerable<(string What, string MediaType, string Text)> WellKnownTexts()
    {
        foreach (var (what, text) in ((string, string)[])
        [
            ("nested deep", Many("GEOMETRYCOLLECTION(", Bytes / 19)),
            ("of a long number", $"POINT(70.{new string('1', Bytes)} 48)"),
            ("of empty rings", $"POLYGON({Many("(),", Bytes / 3)}())"),
            ("of empty parts", $"MULTIPOLYGON({Many("EMPTY,", Bytes / 6)}EMPTY)"),
            ("of blanks", $"POINT{new string(' ', Bytes)}(70 48)"),
            ("of positions", $"LINESTRING({Many("70 48,71 49,", Bytes / 12)}70 48)"),
        ])
            yield return ($"well-known text {what}", "text/csv", $"WKT;kind\n{text};x\n");
        yield return ("rows of well-known text", "text/csv", $"WKT;kind\n{Many("POLYGON((70 48,71 48,71 49,70 48));x\n", Bytes / 37)}");
    }

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
