using Registry.Formats.DepositTables;

namespace Registry.Sample;

/// <summary>Grows license blocks here and there, more of them near deposits, with open ground between.</summary>
internal static class Scatter
{
    private const double ShareNearDeposits = 0.55;

    // How far from its deposit a block may begin, in cells: about a degree.
    private const int Reach = 60;

    /// <summary>
    /// Shares of sizes: blocks of up to so many cells. They come to 39 cells on average, as 2,500 licenses over a good part of the
    /// country would have.
    /// </summary>
    private static readonly (double Share, int From, int To)[] Sizes =
        [(0.25, 1, 5), (0.35, 6, 30), (0.25, 31, 70), (0.10, 71, 140), (0.05, 141, 200)];

    /// <summary>The shapes, each by its places in the order of growth; fewer when the ground ends.</summary>
    public static IEnumerable<IReadOnlyList<int>> Grow(
        FreeGround ground, SplitMix64 random, int count, int mostCells, IReadOnlyList<DepositDraft> deposits)
    {
        for (var i = 0; i < count && ground.FreeCount > 0; i++)
            yield return ground.Grow(Start(ground, random, deposits), Math.Min(Size(random), mostCells), random);
    }

    private static int Start(FreeGround ground, SplitMix64 random, IReadOnlyList<DepositDraft> deposits)
    {
        if (deposits.Count > 0 && random.Fraction() < ShareNearDeposits)
        {
            var place = ground.PlaceOf(random.OneOf(deposits).Location) + (Offset(random) * ground.Width) + Offset(random);
            if (ground.IsFree(place))
                return place;
        }

        return ground.AnyFree(random);
    }

    // The sum of three even distributions: near the deposit more often than far.
    private static int Offset(SplitMix64 random) => (int)((random.Fraction() + random.Fraction() + random.Fraction() - 1.5) / 1.5 * Reach);

    private static int Size(SplitMix64 random)
    {
        var share = random.Fraction();
        foreach (var (part, from, to) in Sizes)
        {
            if (share < part)
                return from + random.Below(to - from + 1);
            share -= part;
        }

        return Sizes[^1].To;
    }
}
