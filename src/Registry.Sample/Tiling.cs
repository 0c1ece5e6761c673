namespace Registry.Sample;

/// <summary>Grows license blocks side by side until no ground is left.</summary>
internal static class Tiling
{
    // Blocks are begun in bands of so many rows, so that what is left between them is soon closed.
    private const int BandRows = 8;

    // Pockets make more blocks than were aimed at; those that are still missing in the end are cut from the larger ones.
    private const double Aim = 0.98;

    /// <summary>
    /// So many shapes over all the free ground, each by its places. When pockets make more of them, the smallest are left out and
    /// their ground stays open.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<int>> Cover(FreeGround ground, SplitMix64 random, int count, int mostCells)
    {
        var shapes = new List<List<int>>(count);
        foreach (var start in InBands(ground))
        {
            if (ground.IsFree(start))
                shapes.Add(ground.Grow(start, NextSize(ground.FreeCount, (int)(count * Aim) - shapes.Count, mostCells, random), random));
        }

        CutTo(count, shapes);
        return [.. shapes.OrderByDescending(shape => shape.Count).Take(count).OrderBy(shape => shape[0])];
    }

    private static IEnumerable<int> InBands(FreeGround ground)
    {
        for (var band = 0; band < ground.Height; band += BandRows)
        {
            for (var column = 0; column < ground.Width; column++)
            {
                for (var row = band; row < Math.Min(band + BandRows, ground.Height); row++)
                    yield return (row * ground.Width) + column;
            }
        }
    }

    private static int NextSize(int cellsLeft, int shapesLeft, int mostCells, SplitMix64 random)
    {
        var mean = (double)cellsLeft / Math.Max(1, shapesLeft);
        return Math.Clamp((int)(mean * (0.3 + (1.4 * random.Fraction()))), 1, mostCells);
    }

    // The place that was grown last borders on the shape and carries none of it: without it the shape still hangs together.
    private static void CutTo(int count, List<List<int>> shapes)
    {
        var cuttable = shapes.Where(shape => shape.Count > 1).ToArray();
        for (var i = 0; shapes.Count < count && i < cuttable.Length; i++)
        {
            var shape = cuttable[i];
            shapes.Add([shape[^1]]);
            shape.RemoveAt(shape.Count - 1);
        }
    }
}
