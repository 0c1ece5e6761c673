namespace Registry.Core.Ground;

/// <summary>Ranges of columns of one row, both ends included: the arithmetic of sets on them.</summary>
internal static class ColumnRanges
{
    /// <summary>Sorts ranges and joins those that meet or overlap, in place.</summary>
    public static void Normalize(List<(int First, int Last)> ranges)
    {
        if (ranges.Count < 2)
            return;
        ranges.Sort(static (left, right) => left.First.CompareTo(right.First));
        var kept = 0;
        for (var i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].First <= ranges[kept].Last + 1)
                ranges[kept] = (ranges[kept].First, Math.Max(ranges[kept].Last, ranges[i].Last));
            else
                ranges[++kept] = ranges[i];
        }

        ranges.RemoveRange(kept + 1, ranges.Count - kept - 1);
    }

    /// <summary>Adds to the result what is in the ranges and not in those taken away. Both are normal, and so is the result.</summary>
    public static void Subtract(List<(int First, int Last)> ranges, List<(int First, int Last)> taken, List<(int First, int Last)> result)
    {
        var next = 0;
        foreach (var range in ranges)
        {
            var first = range.First;
            while (next < taken.Count && taken[next].Last < first)
                next++;
            // The last of those taken away may reach into the next range, so it is not passed for good here.
            for (var i = next; i < taken.Count && taken[i].First <= range.Last; i++)
            {
                if (taken[i].First > first)
                    result.Add((first, taken[i].First - 1));
                first = taken[i].Last + 1;
            }

            if (first <= range.Last)
                result.Add((first, range.Last));
        }
    }

    /// <summary>Adds to the result what is in both. Both are normal, and so is the result.</summary>
    public static void Intersect(List<(int First, int Last)> ranges, List<(int First, int Last)> others, List<(int First, int Last)> result)
    {
        for (var (i, j) = (0, 0); i < ranges.Count && j < others.Count;)
        {
            var (first, last) = (Math.Max(ranges[i].First, others[j].First), Math.Min(ranges[i].Last, others[j].Last));
            if (first <= last)
                result.Add((first, last));
            if (ranges[i].Last < others[j].Last)
                i++;
            else
                j++;
        }
    }
}
