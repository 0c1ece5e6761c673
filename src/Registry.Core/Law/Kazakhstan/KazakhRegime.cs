using Registry.Core.Ground;
using Registry.Core.Ground.Codes;

namespace Registry.Core.Law.Kazakhstan;

/// <summary>
/// Kazakhstan's law of exploration licenses as data: Code on Subsoil and Subsoil Use of 27 December 2017, No. 125-VI, as amended.
/// </summary>
public static class KazakhRegime
{
    /// <summary>The regime's code.</summary>
    public const string Code = "kz";

    // More than the country has: the outline is the registry's own file and is snapped whole.
    private const int MostCellsOfCountry = 2_000_000;

    // One zone, UTC+5, for the whole country since 1 March 2024. A date before that is read in it too.
    private static readonly TimeSpan UtcOffset = TimeSpan.FromHours(5);

    /// <summary>
    /// Public holidays that fall on the same date every year: New Year (two days), Orthodox Christmas, Women's Day, Nauryz (three
    /// days), Unity Day, Defender's Day, Victory Day, Capital Day, Constitution Day, Republic Day, Independence Day. Kurban Ait, which
    /// follows the moon, and working days that the Government moves are not in it. From general knowledge, not from a source.
    /// </summary>
    private static readonly HashSet<(int Month, int Day)> Holidays =
    [
        (1, 1), (1, 2), (1, 7), (3, 8), (3, 21), (3, 22), (3, 23), (5, 1), (5, 7), (5, 9), (7, 6), (8, 30), (10, 25), (12, 16),
    ];

    /// <summary>Builds the regime. Reads the outline and snaps it to cells, a few tenths of a second: <c>Regimes</c> has the one instance.</summary>
    internal static Regime Create()
    {
        var outline = KazakhOutline.Read();
        return new Regime
        {
            Code = Code,
            Country = "KZ",
            Graticule = Graticule.Minute,
            Scheme = KazakhCode.Instance,
            Outline = outline,
            Regions = KazakhRegions.Read(),
            // A cell is the country's when its centre is: that gives 1,183,044 cells in 26 sheets. Where the true border runs through a
            // cell, the outline is too coarse (1:10,000,000) to say more.
            Jurisdiction = new Jurisdiction(Graticule.Minute, Snapping.Snap(Graticule.Minute, outline, SnapRule.Centred, MostCellsOfCountry).Cells),
            // Art. 19: at most 200 blocks.
            MostCells = 200,
            // Art. 19 asks for a common side with another block of the area; that the whole must hang together is the usual reading.
            MustBeConnected = true,
            TermYears = new Dictionary<LicenseBlockKind, int>
            {
                [LicenseBlockKind.Exploration] = 6,
                [LicenseBlockKind.Mining] = 25,
                [LicenseBlockKind.Contract] = 25,
                [LicenseBlockKind.GeologicalStudy] = 3,
            },
            // The next application is considered no earlier than 10 working days after the notice of the refusal.
            WorkingDaysAfterRefusal = 10,
            Calendar = new LegalCalendar(UtcOffset, Holidays),
        };
    }
}
