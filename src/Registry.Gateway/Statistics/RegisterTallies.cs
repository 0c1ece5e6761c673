using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;

namespace Registry.Gateway.Statistics;

/// <summary>Tallies of sheets, added up over the whole register.</summary>
internal static class RegisterTallies
{
    /// <summary>One tally for each collection, property, value and status, in their order.</summary>
    public static IReadOnlyList<Tally> Sum(IEnumerable<Tally> tallies) =>
    [
        .. tallies
            .GroupBy(tally => tally with { Count = 0, Cells = 0, SquareMetres = 0 })
            .Select(same => same.Key with
            {
                Count = same.Sum(tally => tally.Count),
                Cells = same.Sum(tally => tally.Cells),
                SquareMetres = same.Sum(tally => tally.SquareMetres),
            })
            .OrderBy(tally => tally.Collection).ThenBy(tally => tally.By)
            .ThenBy(tally => tally.Value, StringComparer.Ordinal).ThenBy(tally => tally.Status, StringComparer.Ordinal),
    ];

    /// <summary>The name of a collection: <c>license-blocks</c>.</summary>
    public static string Name(Collection collection) => StreamId.NameOf(collection);

    /// <summary>The name of a property: <c>yearFiled</c>.</summary>
    public static string Name(TallyBy by) => JsonNamingPolicy.CamelCase.ConvertName(by.ToString());

    /// <summary>An area in square kilometres, to the square metre.</summary>
    public static decimal AreaKm2(Tally tally) => tally.SquareMetres / 1_000_000m;
}
