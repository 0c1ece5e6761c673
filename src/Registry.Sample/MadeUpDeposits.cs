using System.Globalization;
using NetTopologySuite.Geometries;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Law;
using Registry.Formats.DepositTables;

namespace Registry.Sample;

/// <summary>Made-up deposits, for a country of full size.</summary>
internal static class MadeUpDeposits
{
    private static readonly DepositStatus[] Statuses =
        [DepositStatus.Occurrence, DepositStatus.Occurrence, DepositStatus.Prospect, DepositStatus.Deposit];

    /// <summary>The given deposits, and as many made-up ones after them as are missing to a number.</summary>
    public static IReadOnlyList<DepositDraft> FillUp(
        Regime regime, FreeGround ground, IReadOnlyList<DepositDraft> given, int count, SplitMix64 random) =>
        [.. given, .. Enumerable.Range(1, Math.Max(0, count - given.Count)).Select(number => MadeUp(regime, ground, number, random))];

    private static DepositDraft MadeUp(Regime regime, FreeGround ground, int number, SplitMix64 random)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"sample-deposit-{number:00000}");
        var cell = ground.CellOf(ground.AnyFree(random));
        var (west, south) = (regime.Graticule.Longitude(regime.Graticule.Column(cell)), regime.Graticule.Latitude(regime.Graticule.Row(cell)));
        return new DepositDraft
        {
            Key = key,
            Name = string.Create(CultureInfo.InvariantCulture, $"Sample occurrence {number:00000} (fictitious)"),
            OtherNames = [],
            Status = random.OneOf(Statuses),
            Location = Wgs84.Factory.CreatePoint(new Coordinate(Within(west, random), Within(south, random))),
            Commodities = SampleCommodities.Any(random),
            Sources = [key],
        };
    }

    // Well inside a cell of a minute, by hundredths of it.
    private static double Within(double edge, SplitMix64 random) => Math.Round(edge + ((random.Below(98) + 1) / 6000.0), 6);
}
