using System.Globalization;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Formats.DepositTables;

namespace Registry.Sample;

/// <summary>Says who applies for a shape of ground, for what, and what comes of it.</summary>
/// <param name="ground">The ground on which the shapes were grown.</param>
/// <param name="deposits">A block that holds a deposit seeks what is in it.</param>
/// <param name="random">Decides the rest.</param>
internal sealed class SampleApplications(FreeGround ground, IReadOnlyList<DepositDraft> deposits, SplitMix64 random)
{
    // Beyond their own share among all holders.
    private const double ShareOfOwnCountry = 0.33;
    private const string OwnCountry = "KZ";

    private static readonly (double Share, LicenseBlockStatus Outcome)[] Outcomes =
    [
        (0.71, LicenseBlockStatus.Granted), (0.15, LicenseBlockStatus.Applied), (0.08, LicenseBlockStatus.Refused),
        (0.06, LicenseBlockStatus.Withdrawn),
    ];

    private static readonly int[] Own =
        [.. Enumerable.Range(0, SampleParties.All.Count).Where(party => SampleParties.All[party].Country == OwnCountry)];

    private readonly ILookup<int, DepositDraft> _depositsAt = deposits.ToLookup(deposit => ground.PlaceOf(deposit.Location));
    private int _number;

    /// <summary>The application over a shape, given by its places.</summary>
    public SampleLicenseBlock Over(IReadOnlyList<int> shape)
    {
        var within = shape.SelectMany(place => _depositsAt[place]).SelectMany(deposit => deposit.Commodities).Distinct().ToArray();
        return new(
            string.Create(CultureInfo.InvariantCulture, $"sample-license-block-{++_number:00000}"),
            random.Fraction() < ShareOfOwnCountry ? random.OneOf(Own) : random.Below(SampleParties.All.Count),
            LicenseBlockKind.Exploration,
            CellSet.Of(shape.Select(ground.CellOf)),
            within.Length > 0 ? SampleCommodities.Some(within, random) : SampleCommodities.Any(random),
            Outcome());
    }

    private LicenseBlockStatus Outcome()
    {
        var share = random.Fraction();
        foreach (var (part, outcome) in Outcomes)
        {
            if (share < part)
                return outcome;
            share -= part;
        }

        return Outcomes[^1].Outcome;
    }
}
