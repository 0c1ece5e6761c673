namespace Registry.Formats.DepositTables;

/// <summary>Finds the records that speak of the same deposit.</summary>
/// <remarks>
/// Two records are of one deposit when they share a name, by <see cref="SiteNames.Folded"/>, and lie within
/// <see cref="NearKm"/> of each other; and so is every record that such pairs link. The order of the records does not matter.
/// </remarks>
internal static class SameDeposit
{
    /// <summary>
    /// How far apart two records of one deposit may lie. In the USGS's records of Kazakhstan the farthest two of one site are 11.2 km
    /// apart (Shevchenkovskoe, also in the row "Kundybajskoe, Shevchenkovskoe"), the nearest two sites of one name 22 km
    /// (Novo-Buranovo, and the group called after it).
    /// </summary>
    public const double NearKm = 15;

    /// <summary>The records of each deposit: those of each in the order of their sources, the deposits in the order given.</summary>
    public static IReadOnlyList<IReadOnlyList<DepositRecord>> Group(IReadOnlyList<DepositRecord> records)
    {
        var leader = Enumerable.Range(0, records.Count).ToArray();
        int LeaderOf(int record)
        {
            while (leader[record] != record)
                record = leader[record];
            return record;
        }

        foreach (var namesakes in ByName(records))
        {
            for (var i = 1; i < namesakes.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (LeaderOf(namesakes[i]), LeaderOf(namesakes[j]));
                    if (one != other && GreatCircle.DistanceKm(records[namesakes[i]].Location, records[namesakes[j]].Location) <= NearKm)
                        leader[Math.Max(one, other)] = Math.Min(one, other);
                }
            }
        }

        return [.. Enumerable.Range(0, records.Count)
            .GroupBy(LeaderOf, record => records[record])
            .Select(group => group.OrderBy(record => record.Source).ToArray())];
    }

    private static IEnumerable<IReadOnlyList<int>> ByName(IReadOnlyList<DepositRecord> records) => records
        .SelectMany((record, index) => record.Names.Select(SiteNames.Folded).Distinct().Select(name => (name, index)))
        .GroupBy(pair => pair.name, pair => pair.index)
        .Select(group => group.ToArray());
}
