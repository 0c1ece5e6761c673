using System.IO.Hashing;
using System.Text;

namespace Registry.Grains.Placement;

/// <summary>
/// Which silo each sheet of a country is at home on: the one that ranks highest for it by a hash of both names (rendezvous hashing,
/// Thaler and Ravishankar, 1998), unless that one has its share already and a quarter more; then the next (after Mirrokni, Thorup and
/// Zadimoghaddam, Consistent Hashing with Bounded Loads, 2018). A few dozen sheets, hashed alone, lie quite unevenly.
/// </summary>
internal static class SheetHomes
{
    /// <summary>The home of every sheet: a place in the list of silos.</summary>
    /// <param name="sheets">Numbers of sheets, each once.</param>
    /// <param name="silos">Names of silos, at least one.</param>
    public static IReadOnlyDictionary<int, int> Of(IReadOnlyList<int> sheets, IReadOnlyList<string> silos)
    {
        var most = MostOnOne(sheets.Count, silos.Count);
        var counts = new int[silos.Count];
        var homes = new Dictionary<int, int>(sheets.Count);
        var pairs =
            from sheet in sheets
            from silo in Enumerable.Range(0, silos.Count)
            orderby Rank(sheet, silos[silo]) descending, sheet, silo
            select (sheet, silo);
        foreach (var (sheet, silo) in pairs)
        {
            if (counts[silo] < most && homes.TryAdd(sheet, silo))
                counts[silo]++;
        }

        return homes;
    }

    /// <summary>How many of so many sheets one of so many silos has at most: an even share and a quarter more, rounded up.</summary>
    public static int MostOnOne(int sheets, int silos) => ((5 * sheets) + (4 * silos) - 1) / (4 * silos);

    /// <summary>How high a silo ranks for a sheet.</summary>
    public static ulong Rank(int sheet, string silo) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{sheet}@{silo}"));
}
