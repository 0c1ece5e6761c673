using System.Text.Json;

namespace Registry.Core.Deposits;

/// <summary>The lists of critical minerals that the registry knows, edition by edition, from <c>Data/critical_raw_materials.json</c>.</summary>
public static class CriticalLists
{
    /// <summary>Every edition, those that were replaced included.</summary>
    public static IReadOnlyList<CriticalList> All { get; } = Load();

    /// <summary>The names of the lists, in force on a date, that name any of the commodities, in the order of <see cref="All"/>.</summary>
    /// <param name="commodities">Names or other spellings; a group such as <c>rare earth elements</c> counts when any member of it is named.</param>
    /// <param name="on">The date.</param>
    public static IReadOnlyList<string> NamedBy(IReadOnlyCollection<string> commodities, DateOnly on) =>
        [.. All.Where(list => list.IsValidOn(on) && commodities.Any(list.Names)).Select(list => list.Name)];

    private static CriticalList[] Load()
    {
        using var stream = DepositData.Open("critical_raw_materials.json");
        using var document = JsonDocument.Parse(stream);
        var lists = document.RootElement;

        // The dates are from general knowledge, not from the file: Regulation (EU) 2024/1252 entered into force on 23 May 2024; the US
        // lists were published in the Federal Register on 24 February 2022 and 7 November 2025. That the second US list replaces the
        // first is the file's own statement.
        var eu = new DateOnly(2024, 5, 23);
        var us2022 = new DateOnly(2022, 2, 24);
        var us2025 = new DateOnly(2025, 11, 7);
        return
        [
            new("EU 2024 critical", "EU", 2024, eu, null, Members(lists, "eu_crma_2024_critical_34")),
            new("EU 2024 strategic", "EU", 2024, eu, null, Members(lists, "eu_crma_2024_strategic_17")),
            new("US 2022", "US", 2022, us2022, us2025.AddDays(-1), Members(lists, "us_2022_50")),
            new("US 2025", "US", 2025, us2025, null, Members(lists, "us_2025_60")),
        ];
    }

    private static HashSet<string> Members(JsonElement lists, string key) =>
        [.. lists.GetProperty(key).EnumerateArray().SelectMany(entry => CriticalList.Expand(entry.GetString()!))];
}
