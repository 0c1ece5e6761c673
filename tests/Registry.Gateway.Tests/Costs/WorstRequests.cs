using System.Globalization;
using System.Text;

namespace Registry.Gateway.Tests.Costs;

/// <summary>The worst requests that are known, made by a grammar and a seed, of up to a million bytes each.</summary>
internal static class WorstRequests
{
    private const int Bytes = 950_000;
    private const string Applicant = "dev-applicant-a", Registrar = "dev-registrar";

    /// <summary>A request.</summary>
    /// <param name="Address">Method and address.</param>
    /// <param name="What">What is bad about it.</param>
    /// <param name="Body">Its body; null for none.</param>
    /// <param name="MediaType">Of the body.</param>
    /// <param name="Key">The key that it needs; null for nobody.</param>
    public sealed record Worst(string Address, string What, string? Body, string MediaType = "application/json", string? Key = null)
    {
        /// <summary>The body, in bytes; null for none.</summary>
        public byte[]? File { get; init; } = Body is null ? null : Encoding.UTF8.GetBytes(Body);
    }

    /// <summary>The kinds of them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["geometries", "bodies", "filters", "files", "addresses"];

    /// <summary>Those of a kind, from a seed.</summary>
    public static IEnumerable<Worst> Of(string kind, Random random)
    {
        var (longitude, latitude) = (66 + (random.NextDouble() * 8), 46 + (random.NextDouble() * 3));
        return kind switch
        {
            "geometries" => Geometries(random, longitude, latitude).SelectMany(bad => WithGeometry(bad.What, bad.Geometry)),
            "bodies" => Bodies(random).SelectMany(bad => WithBody(bad.What, bad.Body)),
            "filters" => Filters(random, longitude, latitude).Select(bad =>
                new Worst("POST /collections/license-blocks/search", bad.What, $$"""{"filter":{{bad.Filter}}}""")),
            "files" => WorstFiles.All(random).Select(bad =>
                new Worst("POST /imports?collection=license-blocks", bad.What, null, bad.MediaType, Applicant) { File = bad.File }),
            _ => Addresses().Select(address => new Worst($"GET {address}", "", null)),
        };
    }

    private static IEnumerable<Worst> WithGeometry(string what, string geometry)
    {
        yield return new("POST /cells/check", what, $$"""{"geometry":{{geometry}}}""");
        yield return new("POST /free-areas", what, $$"""{"geometry":{{geometry}},"clearKm":100,"nearKm":100,"limit":100}""");
        yield return new("POST /license-blocks", what, $$"""{"kind":"mining","commodities":["gold"],"geometry":{{geometry}}}""", Key: Applicant);
        yield return new("POST /collections/license-blocks/search", what, $$$"""{"filter":{"op":"s_overlaps","args":[{"property":"geometry"},{{{geometry}}}]}}""");
        yield return new("POST /imports?collection=license-blocks", what, Features(geometry), "application/geo+json", Applicant);
        foreach (var metres in (int[])[0, 100, 2_000, 50_000])
            yield return new("POST /areas", $"{what}, {metres} m around", $$"""{"name":"Worst","effect":"condition","geometry":{{geometry}},"bufferMetres":{{metres}},"legalBasis":"none"}""", Key: Registrar);
        yield return new("POST /deposits", what, $$"""{"name":"Worst","status":"prospect","geometry":{{geometry}},"commodities":["gold"]}""", Key: Registrar);
    }

    private static IEnumerable<Worst> WithBody(string what, string body)
    {
        yield return new("POST /cells/check", what, body);
        yield return new("POST /free-areas", what, body);
        yield return new("POST /collections/deposits/search", what, body);
        yield return new("POST /license-blocks", what, body, Key: Applicant);
    }

    private static IEnumerable<string> Addresses() =>
    [
        "/free-areas?clearKm=100&nearKm=100&limit=100", "/free-areas?commodity=gold&nearKm=100&limit=100", "/tiles/5/22/10.mvt", "/tiles/0/0/0.mvt",
        "/collections/license-blocks/items?limit=10000&cells=true", "/collections/license-blocks/export?f=fgb", "/statistics",
        "/cells/free?limit=10000", "/collections/deposits/items?limit=10000&f=html",
    ];

    private static IEnumerable<(string What, string Geometry)> Geometries(Random random, double longitude, double latitude)
    {
        const int most = 19_990;
        yield return ("a star", Ring(most, i => Polar(longitude, latitude, i, most, i % 2 == 0 ? 2 : 0.5)));
        yield return ("a fine star", Ring(most, i => Polar(longitude, latitude, i, most, 2 + (random.NextDouble() / 100))));
        yield return ("a comb of long teeth", Ring(most, i => i < most - 2 ? (longitude + (i * 1e-4), latitude + (i % 2 * 3)) : (longitude + ((most - i) * 1e-4), latitude - 1)));
        yield return ("a comb of level teeth", Ring(most, i => i < most - 2 ? (longitude + (i % 2 * 3), latitude + (i * 1e-4)) : (longitude - 1, latitude + ((most - i) * 1e-4))));
        yield return ("a thousand rings", Parts(random, longitude, latitude));
        yield return ("scattered points", $$"""{"type":"MultiPoint","coordinates":[{{string.Join(',', Enumerable.Range(0, most).Select(_ => Pair(longitude + (random.NextDouble() * 5), latitude + (random.NextDouble() * 4))))}}]}""");
        yield return ("a line to and fro", $$"""{"type":"LineString","coordinates":[{{string.Join(',', Enumerable.Range(0, most).Select(i => Pair(longitude + (i * 2e-4), latitude + (i % 2 * 4))))}}]}""");
        yield return ("a tangled line", $$"""{"type":"LineString","coordinates":[{{string.Join(',', Enumerable.Range(0, most).Select(_ => Pair(longitude + (random.NextDouble() * 5), latitude + (random.NextDouble() * 4))))}}]}""");
        yield return ("the same position", Ring(most, _ => (longitude, latitude)));
        yield return ("a tangle", Ring(most, _ => (longitude + random.NextDouble(), latitude + random.NextDouble())));
    }

    private static IEnumerable<(string What, string Body)> Bodies(Random random)
    {
        yield return ("members", "{" + string.Join(',', Enumerable.Range(random.Next(100), 60_000).Select(i => $"\"m{i}\":1")) + "}");
        yield return ("deep nesting", new string('[', Bytes));
        yield return ("cells by list", $$"""{"kind":"exploration","commodities":[],"cells":[{{string.Join(',', Enumerable.Repeat("\"M-44-86-(10в-5а-1-25)\"", 9_999))}}]}""");
        yield return ("cells that are none", $$"""{"cells":[{{string.Join(',', Enumerable.Repeat("\"M-44-86-(10в-5а-1-25,1-25,1-25,1-25,x)\"", 9_999))}}]}""");
        yield return ("one long text", $$"""{"kind":"{{new string('\u0431', Bytes / 2)}}"}""");
        yield return ("escapes", $$"""{"kind":"{{string.Concat(Enumerable.Repeat("\\u0431", Bytes / 6))}}"}""");
        yield return ("a number", $$$"""{"geometry":{"type":"Point","coordinates":[1{{{new string('0', Bytes)}}},1]}}""");
    }

    private static IEnumerable<(string What, string Filter)> Filters(Random random, double longitude, double latitude)
    {
        string[] relations = ["s_touches", "s_crosses", "s_equals", "s_contains", "s_disjoint", "s_within"];
        foreach (var relation in relations)
        {
            var literal = Ring(18, i => Polar(longitude, latitude, i, 18, 6 + random.NextDouble()));
            yield return ($"{relation} 900 times", Many("or", 900, $$"""{"op":"{{relation}}","args":[{"property":"geometry"},{{literal}}]}"""));
        }

        var pattern = string.Concat(Enumerable.Repeat("%a_%", 200));
        yield return ("LIKE 900 times", Many("or", 900, $$"""{"op":"like","args":[{"op":"casei","args":[{"property":"holder.name"}]},{"op":"casei","args":["{{pattern}}"]}]}"""));
        yield return ("lists of 9,000", $$"""{"op":"in","args":[{"property":"id"},[{{string.Join(',', Enumerable.Range(0, 9_000).Select(i => $"\"lb-{i}\""))}}]]}""");
        yield return ("names of 9,000", $$"""{"op":"in","args":[{"property":"id"},[{{string.Join(',', Enumerable.Repeat("""{"property":"holder.name"}""", 9_000))}}]]}""");
        yield return ("arrays", Many("and", 900, """{"op":"not","args":[{"op":"a_contains","args":[{"property":"commodities"},["x","y","z"]]}]}"""));
    }

    private static string Features(string geometry)
    {
        var feature = $$"""{"type":"Feature","properties":{"kind":"mining","commodities":["gold"]},"geometry":{{geometry}}}""";
        return $$"""{"type":"FeatureCollection","features":[{{string.Join(',', Enumerable.Repeat(feature, Math.Max(1, Bytes / feature.Length)))}}]}""";
    }

    private static string Many(string op, int count, string condition) => $$"""{"op":"{{op}}","args":[{{string.Join(',', Enumerable.Repeat(condition, count))}}]}""";

    private static string Parts(Random random, double longitude, double latitude) =>
        $$"""{"type":"MultiPolygon","coordinates":[{{string.Join(',', Enumerable.Range(0, 990).Select(part => Coordinates(19, i => Polar(longitude + (part % 33 * 0.1), latitude + (part / 33 * 0.1), i, 19, 0.02 + (random.NextDouble() / 50)))))}}]}""";

    private static string Ring(int positions, Func<int, (double X, double Y)> at) => $$"""{"type":"Polygon","coordinates":{{Coordinates(positions, at)}}}""";

    private static string Coordinates(int positions, Func<int, (double X, double Y)> at)
    {
        var text = new StringBuilder("[[");
        var first = at(0);
        for (var i = 0; i <= positions; i++)
        {
            var (x, y) = i == 0 || i == positions ? first : at(i);
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}[{x:0.#######},{y:0.#######}]");
        }

        return text.Append("]]").ToString();
    }

    private static string Pair(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"[{x:0.#######},{y:0.#######}]");

    private static (double X, double Y) Polar(double longitude, double latitude, int i, int of, double radius) =>
        (longitude + (radius * Math.Cos(i * 2 * Math.PI / of)), latitude + (radius * Math.Sin(i * 2 * Math.PI / of)));
}
