using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>
/// Several appends as one piece of a batch. The first that fails throws, and <see cref="GroupCommit{TTransaction}"/> then undoes the
/// transaction and does the other pieces again without this one.
/// </summary>
internal static class JointAppend
{
    /// <summary>Appends each, or throws.</summary>
    public static IReadOnlyList<Committed> Each(IReadOnlyList<Append> appends, Func<Append, AppendResult> append)
    {
        var committed = new List<Committed>(appends.Count);
        foreach (var each in appends)
        {
            var result = append(each);
            committed.Add(result as Committed ?? throw new RefusedException(new JointResult([], committed.Count, result)));
        }

        return committed;
    }

    /// <summary>Does the piece, and makes its answer of how it ended.</summary>
    public static async Task<JointResult> Do(Func<Task<IReadOnlyList<Committed>>> piece)
    {
        try
        {
            return new JointResult(await piece(), -1, null);
        }
        catch (RefusedException refused)
        {
            return refused.Result;
        }
    }

    private sealed class RefusedException(JointResult result) : Exception
    {
        public JointResult Result => result;
    }
}
