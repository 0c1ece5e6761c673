namespace Registry.Core.Ground;

/// <summary>Which cells hang together. Neighbours share a side; a corner does not count.</summary>
/// <remarks>
/// The graticule closes around the Earth: the cells on both sides of 180 degrees are neighbours. Cells at a pole meet in a point there
/// and are not neighbours by it.
/// </remarks>
public static class Contiguity
{
    /// <summary>Whether every cell can be reached from every other through shared sides. The empty set is connected.</summary>
    public static bool IsConnected(Graticule graticule, CellSet cells)
    {
        var count = CellRun.Count(graticule, cells);
        Span<CellRun> runs = count <= CellRun.MostOnStack ? stackalloc CellRun[count] : new CellRun[count];
        Span<int> parts = count <= CellRun.MostOnStack ? stackalloc int[count] : new int[count];
        CellRun.Find(graticule, cells, runs);
        return CellRun.Label(runs, parts, graticule.Columns) <= 1;
    }

    /// <summary>The connected parts of a set, in the order of their first cells; none for the empty set.</summary>
    public static IReadOnlyList<CellSet> Parts(Graticule graticule, CellSet cells)
    {
        if (cells.Count == 0)
            return [];
        var count = CellRun.Count(graticule, cells);
        Span<CellRun> runs = count <= CellRun.MostOnStack ? stackalloc CellRun[count] : new CellRun[count];
        Span<int> parts = count <= CellRun.MostOnStack ? stackalloc int[count] : new int[count];
        CellRun.Find(graticule, cells, runs);
        var partCount = CellRun.Label(runs, parts, graticule.Columns);
        return partCount == 1 ? [cells] : Split(cells.AsSpan(), runs, parts, partCount);
    }

    private static CellSet[] Split(ReadOnlySpan<Cell> cells, ReadOnlySpan<CellRun> runs, ReadOnlySpan<int> parts, int partCount)
    {
        var sizes = new int[partCount];
        for (var i = 0; i < runs.Length; i++)
            sizes[parts[i]] += runs[i].Last - runs[i].First + 1;
        var split = Array.ConvertAll(sizes, size => new Cell[size]);
        Array.Clear(sizes);
        var taken = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            var length = runs[i].Last - runs[i].First + 1;
            cells.Slice(taken, length).CopyTo(split[parts[i]].AsSpan(sizes[parts[i]]));
            taken += length;
            sizes[parts[i]] += length;
        }

        return Array.ConvertAll(split, CellSet.OfSorted);
    }
}
