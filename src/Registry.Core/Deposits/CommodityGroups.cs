namespace Registry.Core.Deposits;

/// <summary>Commodities that stand for several others.</summary>
public static class CommodityGroups
{
    private static readonly IReadOnlyList<string> Heavy =
        ["dysprosium", "erbium", "holmium", "lutetium", "terbium", "thulium", "yttrium", "ytterbium"];

    private static readonly IReadOnlyList<string> Light =
        ["cerium", "europium", "gadolinium", "lanthanum", "neodymium", "praseodymium", "promethium", "samarium"];

    // Regulation (EU) 2024/1252 does not spell the platinum group out; these six are the metals of the group by chemistry.
    private static readonly IReadOnlyList<string> PlatinumGroup = ["iridium", "osmium", "palladium", "platinum", "rhodium", "ruthenium"];

    /// <summary>
    /// What a commodity stands for: the members of a group, or itself. Scandium is counted beside the rare earths, not among them,
    /// as INSPIRE does.
    /// </summary>
    /// <param name="commodity">A name as <see cref="Commodities"/> gives it.</param>
    public static IReadOnlyList<string> MembersOf(string commodity) => commodity switch
    {
        "heavy rare earth elements" => Heavy,
        "light rare earth elements" => Light,
        "rare earth elements" => [.. Heavy, .. Light],
        "platinum group metals" => PlatinumGroup,
        _ => [commodity],
    };
}
