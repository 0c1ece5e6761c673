using System.Text.RegularExpressions;

namespace Registry.Core.Deposits;

/// <summary>One edition of a list of critical minerals.</summary>
/// <param name="Name">The edition's name as the API shows it: <c>EU 2024 strategic</c>.</param>
/// <param name="Issuer">Who issued it: <c>EU</c>, <c>US</c>.</param>
/// <param name="Edition">The year of the edition.</param>
/// <param name="ValidFrom">The first date on which it holds.</param>
/// <param name="ValidTo">The last date on which it holds; null when it has not been replaced.</param>
/// <param name="Members">What it names, groups expanded, as <see cref="Commodities"/> names them.</param>
public sealed partial record CriticalList(
    string Name, string Issuer, int Edition, DateOnly ValidFrom, DateOnly? ValidTo, IReadOnlySet<string> Members)
{
    /// <summary>Whether the edition holds on a date.</summary>
    public bool IsValidOn(DateOnly date) => date >= ValidFrom && (ValidTo is null || date <= ValidTo);

    /// <summary>Whether the list names a commodity. A group is named when any member of it is.</summary>
    /// <param name="commodity">A name or another spelling; one that is not known is not named.</param>
    public bool Names(string commodity) =>
        Commodities.TryRead(commodity, out var name) && CommodityGroups.MembersOf(name).Any(Members.Contains);

    /// <summary>
    /// The commodities that an entry of a published list names. The grade of a product that some entries add
    /// (<c>nickel - battery grade</c>) is dropped: what a deposit holds does not say what will be made of it.
    /// </summary>
    /// <param name="entry">As published: <c>bauxite/alumina/aluminium</c>, <c>rare earth elements for permanent magnets (Nd, Pr)</c>.</param>
    /// <exception cref="FormatException">The entry names something that is no commodity here.</exception>
    internal static IEnumerable<string> Expand(string entry)
    {
        var named = InParentheses().Match(entry) is { Success: true } symbols
            ? symbols.Groups[1].Value.Split(',')
            : entry.Split(" - ")[0].Split('/');
        return named.SelectMany(text => Commodities.TryRead(text, out var name)
            ? CommodityGroups.MembersOf(name)
            : throw new FormatException($"'{text}' in '{entry}' is no commodity."));
    }

    [GeneratedRegex(@"\(([^)]+)\)")]
    private static partial Regex InParentheses();
}
