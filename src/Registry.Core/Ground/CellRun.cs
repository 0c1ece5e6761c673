namespace Registry.Core.Ground;

/// <summary>Cells of one row that stand side by side, both ends included. Contiguity and outlines are found run by run.</summary>
internal readonly record struct CellRun(int Row, int First, int Last)
{
    /// <summary>Sets with at most so many runs are worked on in memory of the stack: a title of 200 cells always has fewer.</summary>
    public const int MostOnStack = 200;

    /// <summary>How many runs a set has.</summary>
    public static int Count(Graticule graticule, CellSet cells)
    {
        var count = 0;
        var next = 0L;
        foreach (var cell in cells.AsSpan())
        {
            // The division is left for last: it is needed only where a run may go on from one row into the next.
            if (count == 0 || cell.Key != next || graticule.Column(cell) == 0)
                count++;
            next = cell.Key + 1L;
        }

        return count;
    }

    /// <summary>Finds the runs of a set, in the order of their cells.</summary>
    /// <param name="graticule">Says where a row ends.</param>
    /// <param name="cells">The set.</param>
    /// <param name="runs">Room for exactly <see cref="Count"/> of them.</param>
    public static void Find(Graticule graticule, CellSet cells, Span<CellRun> runs)
    {
        var count = 0;
        var next = 0L;
        foreach (var cell in cells.AsSpan())
        {
            var goesOn = count > 0 && cell.Key == next && runs[count - 1].Last < graticule.Columns - 1;
            if (goesOn)
                runs[count - 1] = runs[count - 1] with { Last = runs[count - 1].Last + 1 };
            else
                runs[count++] = new CellRun(graticule.Row(cell), graticule.Column(cell), graticule.Column(cell));
            next = cell.Key + 1L;
        }
    }

    /// <summary>
    /// Says of each run to which connected part it belongs; parts count from 0 in the order of their first cells.
    /// </summary>
    /// <param name="runs">The runs of a set, in order.</param>
    /// <param name="parts">Room for one number a run.</param>
    /// <param name="around">The columns of a graticule that closes around the Earth, or 0 to part at 180 degrees.</param>
    /// <returns>How many parts.</returns>
    /// <remarks>
    /// Union-find over runs: two rows are compared like sorted lists, so the time is linear but for the inverse Ackermann function.
    /// </remarks>
    public static int Label(ReadOnlySpan<CellRun> runs, Span<int> parts, int around)
    {
        for (var i = 0; i < runs.Length; i++)
            parts[i] = i;
        JoinRows(runs, parts);
        if (around > 0)
            JoinAround(runs, parts, around);
        var count = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            // The root of a part is its first run, which has its number by now; before that it has its own place.
            var root = parts[i];
            parts[i] = root == i ? Numbered(count++) : parts[FindRoot(parts, root)];
        }

        for (var i = 0; i < runs.Length; i++)
            parts[i] = ~parts[i];
        return count;
    }

    // A number that is final is kept inverted, so that it is not taken for the place of a run.
    private static int Numbered(int part) => ~part;

    private static void JoinRows(ReadOnlySpan<CellRun> runs, Span<int> parts)
    {
        var below = 0;
        for (var above = 0; above < runs.Length;)
        {
            var upper = runs[above];
            var lower = runs[below];
            if (lower.Row + 1 < upper.Row || (lower.Row + 1 == upper.Row && lower.Last < upper.First))
            {
                below++;
            }
            else if (lower.Row == upper.Row || upper.Last < lower.First)
            {
                above++;
            }
            else
            {
                Join(parts, below, above);
                if (lower.Last < upper.Last)
                    below++;
                else
                    above++;
            }
        }
    }

    private static void JoinAround(ReadOnlySpan<CellRun> runs, Span<int> parts, int columns)
    {
        var first = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            if (runs[i].Row != runs[first].Row)
                first = i;
            if (runs[first].First == 0 && runs[i].Last == columns - 1)
                Join(parts, first, i);
        }
    }

    private static void Join(Span<int> parts, int one, int other)
    {
        one = FindRoot(parts, one);
        other = FindRoot(parts, other);
        if (one < other)
            parts[other] = one;
        else
            parts[one] = other;
    }

    private static int FindRoot(Span<int> parts, int run)
    {
        while (parts[run] >= 0 && parts[run] != run)
        {
            var parent = parts[run];
            if (parts[parent] >= 0)
                parts[run] = parts[parent];
            run = parent;
        }

        return run;
    }
}
