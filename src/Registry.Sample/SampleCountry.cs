using NetTopologySuite.Geometries;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.DepositTables;

namespace Registry.Sample;

/// <summary>A made-up holder of the sample country.</summary>
/// <param name="Key">The same in every generation: the idempotency key of its registration.</param>
/// <param name="Name">A name that says that no such company exists.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record SampleParty(string Key, string Name, string Country);

/// <summary>A made-up restriction area of the sample country.</summary>
/// <param name="Key">The same in every generation: the idempotency key of its registration.</param>
/// <param name="Name">A name that says that it is a sample.</param>
/// <param name="Effect">What it does to titles.</param>
/// <param name="Geometry">A rough outline, WGS 84.</param>
/// <param name="BufferMetres">How far around the outline the effect reaches.</param>
/// <param name="LegalBasis">Says that there is none.</param>
public sealed record SampleArea(string Key, string Name, RestrictionEffect Effect, Polygon Geometry, double BufferMetres, string LegalBasis);

/// <summary>A license block of the sample country, to be applied for and then decided.</summary>
/// <param name="Key">The same in every generation of one seed: the idempotency key of its application.</param>
/// <param name="Holder">The applicant's place in <see cref="SampleCountry.Parties"/>.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Cells">Its ground: connected by sides, in the jurisdiction, no other block's, clear of the areas.</param>
/// <param name="Commodities">The minerals sought.</param>
/// <param name="Outcome">
/// What its application is to come to: <see cref="LicenseBlockStatus.Granted"/>, <see cref="LicenseBlockStatus.Refused"/>,
/// <see cref="LicenseBlockStatus.Withdrawn"/>, or <see cref="LicenseBlockStatus.Applied"/> when it is to stay undecided.
/// </param>
public sealed record SampleLicenseBlock(
    string Key, int Holder, LicenseBlockKind Kind, CellSet Cells, IReadOnlyList<string> Commodities, LicenseBlockStatus Outcome);

/// <summary>How much of a sample country is made.</summary>
/// <param name="Seed">The same seed makes the same country.</param>
/// <param name="LicenseBlocks">How many license blocks.</param>
/// <param name="CoverAll">Whether they cover every free cell, or lie about with open ground between them.</param>
/// <param name="Deposits">How many deposits; what the given ones fall short of is made up.</param>
public sealed record SampleSize(ulong Seed, int LicenseBlocks, bool CoverAll, int Deposits)
{
    /// <summary>The sample country: 2,500 license blocks among the given deposits.</summary>
    public static SampleSize Country { get; } = new(20180629, 2_500, false, 0);

    /// <summary>A country with no ground left, for benchmarks: 25,000 license blocks over all of it, 10,000 deposits.</summary>
    public static SampleSize Full { get; } = new(20180629, 25_000, true, 10_000);
}

/// <summary>A made-up register over real ground, the same for the same seed on every machine.</summary>
/// <param name="Parties">The holders.</param>
/// <param name="Areas">The restriction areas.</param>
/// <param name="LicenseBlocks">The license blocks, in the order of filing.</param>
/// <param name="Deposits">The given deposits, then the made-up ones.</param>
public sealed record SampleCountry(
    IReadOnlyList<SampleParty> Parties,
    IReadOnlyList<SampleArea> Areas,
    IReadOnlyList<SampleLicenseBlock> LicenseBlocks,
    IReadOnlyList<DepositDraft> Deposits)
{
    /// <summary>Makes a sample country.</summary>
    /// <param name="regime">The regime of Kazakhstan, or another whose ground takes the sample's areas.</param>
    /// <param name="deposits">Real deposits; license blocks gather around them.</param>
    /// <param name="size">How much of it.</param>
    public static SampleCountry Generate(Regime regime, IReadOnlyList<DepositDraft> deposits, SampleSize size)
    {
        var random = new SplitMix64(size.Seed);
        var ground = new FreeGround(regime);
        foreach (var area in SampleAreas.All)
            ground.Close(SampleAreas.KeptClearOf(regime.Graticule, area));
        var all = MadeUpDeposits.FillUp(regime, ground, deposits, size.Deposits, random);
        var shapes = size.CoverAll
            ? Tiling.Cover(ground, random, size.LicenseBlocks, regime.MostCells)
            : Scatter.Grow(ground, random, size.LicenseBlocks, regime.MostCells, deposits);
        var writer = new SampleApplications(ground, all, random);
        return new(SampleParties.All, SampleAreas.All, [.. shapes.Select(writer.Over)], all);
    }
}
