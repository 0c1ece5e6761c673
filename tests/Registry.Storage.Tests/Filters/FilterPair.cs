using System.Globalization;
using Registry.Sample;

namespace Registry.Storage.Tests.Filters;

/// <summary>One filter twice: in cql2-text, and in SQL for PostGIS. Neither is made from the other.</summary>
internal sealed record FilterPair(string Cql, string Sql);

/// <summary>Makes filters at random.</summary>
/// <param name="random">Decides.</param>
/// <param name="isBlocks">Whether they are of license blocks, or of deposits.</param>
/// <param name="shapes">Geometries of features, in well-known text.</param>
internal sealed class FilterPairs(SplitMix64 random, bool isBlocks, IReadOnlyList<string> shapes)
{
    private static readonly (string Cql, string Sql)[] Relations =
    [
        ("S_INTERSECTS", "ST_Intersects"), ("S_EQUALS", "ST_Equals"), ("S_DISJOINT", "ST_Disjoint"), ("S_TOUCHES", "ST_Touches"),
        ("S_WITHIN", "ST_Within"), ("S_OVERLAPS", "ST_Overlaps"), ("S_CROSSES", "ST_Crosses"), ("S_CONTAINS", "ST_Contains"),
    ];

    private static readonly (string Cql, string Sql)[] Arrays = [("A_CONTAINS", "@>"), ("A_CONTAINEDBY", "<@"), ("A_OVERLAPS", "&&")];

    private static readonly string[] Comparisons = ["=", "<>", "<", ">", "<=", ">="];

    private static readonly (string Cql, string Sql)[] Intervals =
    [
        ("T_DURING", "s > {0} AND e < {1}"), ("T_CONTAINS", "s < {0} AND e > {1}"), ("T_INTERSECTS", "s <= {1} AND e >= {0}"),
        ("T_DISJOINT", "s > {1} OR e < {0}"), ("T_OVERLAPS", "s < {0} AND e > {0} AND e < {1}"),
        ("T_OVERLAPPEDBY", "s > {0} AND s < {1} AND e > {1}"), ("T_BEFORE", "e < {0}"), ("T_AFTER", "s > {1}"), ("T_MEETS", "e = {0}"),
    ];

    /// <summary>A filter of conditions, up to so deep.</summary>
    public FilterPair Next(int depth)
    {
        if (depth == 0)
            return Leaf();
        var (left, right) = (Next(depth - 1), Next(depth - 1));
        return random.Below(5) switch
        {
            0 or 1 => new($"({left.Cql} AND {right.Cql})", $"({left.Sql} AND {right.Sql})"),
            2 => new($"({left.Cql} OR {right.Cql})", $"({left.Sql} OR {right.Sql})"),
            3 => new($"NOT ({left.Cql})", $"NOT ({left.Sql})"),
            _ => left,
        };
    }

    private FilterPair Leaf() => random.Below(isBlocks ? 10 : 6) switch
    {
        0 or 1 or 2 => Spatial(),
        3 => Array(),
        4 => Same($"status IN ('{random.OneOf(["granted", "applied", "prospect"])}', 'deposit', 'expired')"),
        5 => isBlocks ? Same($"kind <> 'mining'") : Name(),
        6 => Same($"\"cellCount\" {random.OneOf(Comparisons)} {random.Below(36)}"),
        7 => Same($"\"areaKm2\" / 2 + 1 BETWEEN {random.Below(20)} AND {random.Below(60)}"),
        8 => Date(),
        _ => random.Below(2) == 0
            ? new($"holder.country = 'GB'", "\"holder.country\" = 'GB'")
            : Same($"\"grantedOn\" IS {random.OneOf(["", "NOT "])}NULL"),
    };

    private static FilterPair Same(string both) => new(both, both);

    private FilterPair Name()
    {
        var pattern = random.OneOf(["%1_", "North%", "_ld %", "%\\%%", "%\\_100%", "Вел%", "%t%1%"]);
        return random.Below(2) == 0 ? Same($"name LIKE '{pattern}'") : new($"CASEI(name) LIKE CASEI('{pattern}')", $"lower(name) LIKE lower('{pattern}')");
    }

    private FilterPair Array()
    {
        var (cql, sql) = random.OneOf(Arrays);
        var items = $"'{random.OneOf(["copper", "gold", "lithium"])}', '{random.OneOf(["gold", "uranium", "none"])}'";
        return new($"{cql}(commodities, ({items}))", $"commodities {sql} ARRAY[{items}]");
    }

    private FilterPair Date()
    {
        var from = new DateOnly(2014, 1, 1).AddDays(random.Below(3_650));
        var to = from.AddDays(random.Below(4_000));
        var (start, end) = (from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (random.Below(3) == 0)
        {
            return new(
                $"appliedAt > TIMESTAMP('{start}T06:00:00Z')", $"\"appliedAt\" > TIMESTAMPTZ '{start}T06:00:00Z'");
        }

        if (random.Below(2) == 0)
            return new($"T_AFTER(grantedOn, DATE('{start}'))", $"\"grantedOn\" > DATE '{start}'");
        var (cql, sql) = random.OneOf(Intervals);
        var condition = string.Format(CultureInfo.InvariantCulture, sql, $"DATE '{start}'", $"DATE '{end}'");
        return new(
            $"{cql}(INTERVAL(grantedOn, expiresOn), INTERVAL('{start}', '{end}'))",
            $"(SELECT CASE WHEN s IS NULL OR e IS NULL THEN NULL ELSE {condition} END FROM (SELECT \"grantedOn\" AS s, \"expiresOn\" AS e) AS t)");
    }

    /// <summary>A filter of each spatial function.</summary>
    public IEnumerable<FilterPair> EachSpatial() => Relations.Select(Spatial);

    private FilterPair Spatial() => Spatial(random.OneOf(Relations));

    private FilterPair Spatial((string Cql, string Sql) relation)
    {
        var (cql, sql) = relation;
        var isTurned = random.Below(4) == 0;
        if (random.Below(6) == 0)
            return Mixed(cql, isTurned);
        var literal = Literal();
        var placed = $"ST_SetSRID({literal.Sql}, 4326)";
        return isTurned
            ? new($"{cql}({literal.Cql}, geometry)", $"{sql}({placed}, geometry)")
            : new($"{cql}(geometry, {literal.Cql})", $"{sql}(geometry, {placed})");
    }

    // PostGIS relates no mixtures: what follows from their parts, for features that are points and areas.
    private FilterPair Mixed(string cql, bool isTurned)
    {
        var (area, line, point) = (Star(), Line(), $"POINT ({Number(Longitude())} {Number(Latitude())})");
        string[] parts = [.. new[] { area, line, point }.Select(part => $"ST_GeomFromText('{part}', 4326)")];
        string Any(string test) => $"({string.Join(" OR ", parts.Select(part => string.Format(CultureInfo.InvariantCulture, test, part)))})";
        var interiors = Any("ST_Relate(geometry, {0}, 'T********')");
        var meets = Any("ST_Intersects(geometry, {0})");
        var isWithin = $"(ST_Covers({parts[0]}, geometry) OR (ST_Dimension(geometry) = 0 AND {meets}))";
        var holds = $"({string.Join(" AND ", parts.Select(part => $"ST_Covers(geometry, {part})"))})";
        var literal = $"GEOMETRYCOLLECTION({area}, {line}, {point})";
        var sql = (cql, isTurned) switch
        {
            ("S_INTERSECTS", _) => meets,
            ("S_DISJOINT", _) => $"NOT {meets}",
            ("S_TOUCHES", _) => $"({meets} AND NOT {interiors})",
            ("S_EQUALS", _) => $"({interiors} AND {isWithin} AND {holds})",
            ("S_WITHIN", false) or ("S_CONTAINS", true) => $"({interiors} AND {isWithin})",
            ("S_WITHIN", true) or ("S_CONTAINS", false) => $"({interiors} AND {holds})",
            ("S_OVERLAPS", _) => $"(ST_Dimension(geometry) = 2 AND {interiors} AND NOT {isWithin} AND NOT {holds})",
            _ => $"(ST_Dimension(geometry) < 2 AND {interiors} AND NOT {isWithin})",
        };
        return isTurned ? new($"{cql}({literal}, geometry)", sql) : new($"{cql}(geometry, {literal})", sql);
    }

    private FilterPair Literal()
    {
        var shape = random.Below(9) switch
        {
            0 => Star(),
            1 => random.OneOf(shapes),
            2 => Line(),
            3 => $"MULTIPOINT ({string.Join(", ", Enumerable.Range(0, 200).Select(_ => $"({Number(Longitude())} {Number(Latitude())})"))})",
            4 => $"MULTILINESTRING ({Line()["LINESTRING ".Length..]}, {Line()["LINESTRING ".Length..]})",
            5 => $"POINT ({Number(Longitude())} {Number(Latitude())})",
            _ => null,
        };
        if (shape is not null)
            return new(shape, $"ST_GeomFromText('{shape}')");
        if (random.Below(3) == 0)
        {
            // Areas that overlap are united.
            var (one, other) = (Star(), Star());
            return new($"GEOMETRYCOLLECTION({one}, {other})", $"ST_Union(ST_GeomFromText('{one}'), ST_GeomFromText('{other}'))");
        }

        var (west, south) = (Longitude(), Latitude());
        var edges = string.Create(
            CultureInfo.InvariantCulture, $"{west}, {south}, {Math.Round(west + (random.Below(300) / 60.0), 7)}, {Math.Round(south + (random.Below(200) / 60.0), 7)}");
        return new($"BBOX({edges})", $"ST_MakeEnvelope({edges})");
    }

    // Along the graticule as often as not, where features have their edges.
    private string Line()
    {
        var (x, y) = (Longitude(), Latitude());
        return random.Below(2) == 0
            ? $"LINESTRING ({Number(x)} {Number(y)}, {Number(Longitude())} {Number(Latitude())})"
            : $"LINESTRING ({Number(x)} {Number(y)}, {Number(x)} {Number(Latitude())}, {Number(Longitude())} {Number(y)})";
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    // On corners of the graticule as they are written, so that edges meet those of features.
    private double Longitude() => Math.Round(50 + (random.Below(35 * 60) / 60.0), 7);

    private double Latitude() => Math.Round(42 + (random.Below(12 * 60) / 60.0), 7);

    private string Star()
    {
        var (x, y) = (Longitude(), Latitude());
        var corners = 3 + random.Below(58);
        var ring = Enumerable.Range(0, corners).Select(i => (Angle: i * 2 * Math.PI / corners, Radius: 0.2 + (3 * random.Fraction()))).Select(corner =>
            string.Create(CultureInfo.InvariantCulture, $"{x + (corner.Radius * Math.Cos(corner.Angle)):0.0000000} {y + (corner.Radius * Math.Sin(corner.Angle)):0.0000000}")).ToList();
        return $"POLYGON (({string.Join(", ", ring)}, {ring[0]}))";
    }
}
