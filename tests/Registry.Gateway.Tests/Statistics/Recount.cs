using System.Globalization;
using System.Text.Json;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Gateway.Tests.Statistics;

/// <summary>What one row of the statistics comes to.</summary>
internal readonly record struct Counted(long Count, long Cells, double AreaKm2)
{
    public static Counted operator +(Counted one, Counted other) =>
        new(one.Count + other.Count, one.Cells + other.Cells, one.AreaKm2 + other.AreaKm2);
}

/// <summary>
/// The statistics again, from what a reader of the register sees: the features of its collections and the codes of their cells. None of
/// the code that counts is in it; of the registry's own tables, the map of regions.
/// </summary>
internal static class Recount
{
    // The editions of lists, in force or not, that name the commodities of the tests; gold is in none.
    private static readonly (string List, string[] Commodities)[] CriticalLists =
    [
        ("EU 2024 critical", ["lithium", "copper", "tungsten"]),
        ("EU 2024 strategic", ["lithium", "copper", "tungsten"]),
        ("US 2022", ["lithium", "tungsten", "zinc"]),
        ("US 2025", ["lithium", "copper", "tungsten", "zinc"]),
    ];

    private static readonly RegionMap Regions = Regimes.Find("kz")!.Regions!;

    /// <summary>Counts license blocks, with their cells named.</summary>
    public static Dictionary<string, Counted> LicenseBlocks(IEnumerable<JsonElement> features)
    {
        var counted = new Dictionary<string, Counted>();
        foreach (var feature in features)
        {
            var p = feature.GetProperty("properties");
            var one = new Counted(1, p.GetProperty("cells").GetArrayLength(), p.GetProperty("areaKm2").GetDouble());
            var country = p.GetProperty("holder").GetProperty("country").GetString()!;
            var values = new List<(string By, string Value)>
            {
                ("status", ""), ("kind", Text(p, "kind")), ("country", country), ("origin", country == "KZ" ? "domestic" : "foreign"),
                ("region", RegionOfFirstCell(feature)), ("yearFiled", Year(p.GetProperty("appliedAt").GetDateTimeOffset())),
                ("sheet", p.GetProperty("cells").EnumerateArray().Select(cell => SheetOf(cell.GetString()!)).MinBy(sheet => (sheet.Split('-')[0], int.Parse(sheet.Split('-')[1], CultureInfo.InvariantCulture)))!),
            };
            if (p.TryGetProperty("grantedOn", out var granted) && granted.ValueKind == JsonValueKind.String)
                values.Add(("yearGranted", granted.GetString()![..4]));
            values.AddRange(Commodities(p));
            Add(counted, values, Text(p, "status"), one);
        }

        return counted;
    }

    /// <summary>Counts deposits that are points, each on one cell; when each was registered is not to be seen in it.</summary>
    /// <param name="features">The deposits.</param>
    /// <param name="registered">When each was registered.</param>
    public static Dictionary<string, Counted> Deposits(IEnumerable<JsonElement> features, IReadOnlyDictionary<string, DateTimeOffset> registered)
    {
        var counted = new Dictionary<string, Counted>();
        foreach (var feature in features)
        {
            var p = feature.GetProperty("properties");
            var position = feature.GetProperty("geometry").GetProperty("coordinates");
            var values = new List<(string By, string Value)>
            {
                ("status", ""), ("yearFiled", Year(registered[feature.GetProperty("id").GetString()!])),
            };
            values.AddRange(Place(position));
            values.AddRange(Commodities(p));
            Add(counted, values, Text(p, "status"), new Counted(1, 1, 0));
        }

        return counted;
    }

    /// <summary>Counts areas that are points with a buffer, which is on one sheet and in one region; their effect is what others have as status.</summary>
    /// <param name="features">The areas.</param>
    /// <param name="registered">When each was registered.</param>
    public static Dictionary<string, Counted> Areas(IEnumerable<JsonElement> features, IReadOnlyDictionary<string, DateTimeOffset> registered)
    {
        var counted = new Dictionary<string, Counted>();
        foreach (var feature in features)
        {
            var p = feature.GetProperty("properties");
            var values = new List<(string By, string Value)>
            {
                ("status", ""), ("yearFiled", Year(registered[feature.GetProperty("id").GetString()!])),
            };
            values.AddRange(Place(feature.GetProperty("geometry").GetProperty("coordinates")));
            Add(counted, values, Text(p, "effect"), new Counted(1, p.GetProperty("cellCount").GetInt32(), 0));
        }

        return counted;
    }

    /// <summary>The rows of one collection of <c>/statistics</c>, by the same keys.</summary>
    public static Dictionary<string, Counted> Rows(JsonElement statistics, string collection)
    {
        var rows = new Dictionary<string, Counted>();
        foreach (var property in statistics.GetProperty(collection).EnumerateObject())
        {
            foreach (var row in property.Value.EnumerateArray())
            {
                var value = row.TryGetProperty("value", out var text) ? text.GetString()! : "";
                rows.Add(Key(property.Name, value, Text(row, "status")), new Counted(
                    row.GetProperty("count").GetInt64(), row.GetProperty("cells").GetInt64(), row.GetProperty("areaKm2").GetDouble()));
            }
        }

        return rows;
    }

    private static void Add(Dictionary<string, Counted> counted, IEnumerable<(string By, string Value)> values, string status, Counted one)
    {
        foreach (var (by, value) in values)
        {
            var key = Key(by, value, status);
            counted[key] = counted.GetValueOrDefault(key) + one;
        }
    }

    private static string Key(string by, string value, string status) => $"{by} {value} {status}";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<(string By, string Value)> Commodities(JsonElement properties)
    {
        string[] commodities = [.. properties.GetProperty("commodities").EnumerateArray().Select(commodity => commodity.GetString()!)];
        return commodities.Select(commodity => ("commodity", commodity))
            .Concat(CriticalLists.Where(list => list.Commodities.Intersect(commodities).Any()).Select(list => ("criticalList", list.List)));
    }

    private static IEnumerable<(string By, string Value)> Place(JsonElement position)
    {
        var (longitude, latitude) = (position[0].GetDouble(), position[1].GetDouble());
        yield return ("sheet", SheetAt(longitude, latitude));
        yield return ("region", Regions.NameAt(longitude, latitude) ?? "none");
    }

    // The first cell is the westernmost of the southernmost; its corner is one of the outline's, and its middle half a minute from there.
    private static string RegionOfFirstCell(JsonElement title)
    {
        var (latitude, longitude) = Positions(title.GetProperty("geometry").GetProperty("coordinates")).Min();
        return Regions.NameAt(longitude + (0.5 / 60), latitude + (0.5 / 60)) ?? "none";
    }

    private static IEnumerable<(double Latitude, double Longitude)> Positions(JsonElement coordinates) =>
        coordinates[0].ValueKind == JsonValueKind.Number
            ? [(coordinates[1].GetDouble(), coordinates[0].GetDouble())]
            : coordinates.EnumerateArray().SelectMany(Positions);

    // The registry's time zone is five hours east of Greenwich.
    private static string Year(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(5)).Year.ToString(CultureInfo.InvariantCulture);

    // M-44-86-(10в-5а-12) is on M-44.
    private static string SheetOf(string cell) => string.Join('-', cell.Split('-')[..2]);

    private static string SheetAt(double longitude, double latitude) => string.Create(
        CultureInfo.InvariantCulture, $"{(char)('A' + (int)(latitude / 4))}-{31 + (int)(longitude / 6)}");
}
