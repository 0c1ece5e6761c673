using System.Globalization;

namespace Registry.Sample;

/// <summary>The made-up holders: 42 companies of 14 countries, each saying in its name that it does not exist.</summary>
internal static class SampleParties
{
    private const int PerCountry = 3;

    // The country, and what it calls a company.
    private static readonly (string Country, string Form)[] Countries =
    [
        ("KZ", "LLP"), ("GB", "Ltd"), ("AU", "Pty Ltd"), ("DE", "GmbH"), ("US", "LLC"), ("CA", "Inc."), ("JP", "KK"),
        ("KR", "Co., Ltd."), ("FR", "SAS"), ("TR", "A.S."), ("CN", "Co., Ltd."), ("FI", "Oy"), ("IT", "S.r.l."), ("AE", "FZE"),
    ];

    private static readonly string[] Places =
        ["Steppe", "Saxaul", "Tulip", "Snow Leopard", "Caravan", "Golden Eagle", "Blue Hill", "Wormwood", "Birch", "Salt Lake", "Two Rivers"];

    private static readonly string[] Trades = ["Lithium", "Rare Earths", "Copper", "Titanium", "Tungsten", "Resources", "Exploration"];

    /// <summary>All of them, in a fixed order; the first of each country come first, Kazakhstan's before all.</summary>
    public static IReadOnlyList<SampleParty> All { get; } = [.. Enumerable.Range(0, Countries.Length * PerCountry).Select(Party)];

    // Eleven places and seven trades have no common factor: no name comes twice.
    private static SampleParty Party(int index)
    {
        var (country, form) = Countries[index % Countries.Length];
        var name = $"Sample {Places[index % Places.Length]} {Trades[index % Trades.Length]} (fictitious) {form}";
        return new(string.Create(CultureInfo.InvariantCulture, $"sample-party-{index + 1:00}"), name, country);
    }
}
