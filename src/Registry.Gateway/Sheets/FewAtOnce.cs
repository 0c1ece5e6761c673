using Registry.Actors.Contracts;

namespace Registry.Gateway.Sheets;

/// <summary>Asks sheets for what costs each of them time: a few at once, and no further one when the client has left or time is over.</summary>
internal static class FewAtOnce
{
    /// <summary>The most sheets that are asked at once.</summary>
    public const int Most = 4;

    // What is asked in one process is no message, and so has no time of its own. A whole country takes some seconds at most.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(60);

    /// <summary>Asks every sheet.</summary>
    /// <typeparam name="TAsked">A sheet, or what is asked of one.</typeparam>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <param name="sheets">The sheets.</param>
    /// <param name="ask">Asks one.</param>
    /// <param name="stop">The client has left.</param>
    /// <param name="most">The most that are asked at once.</param>
    /// <returns>The answers, in the order of the sheets.</returns>
    /// <exception cref="OperationCanceledException">It has.</exception>
    /// <exception cref="ActorUnavailableException">A sheet did not answer, or all of them together took too long.</exception>
    public static async Task<TAnswer[]> Ask<TAsked, TAnswer>(
        IReadOnlyList<TAsked> sheets, Func<TAsked, Task<TAnswer>> ask, CancellationToken stop, int most = Most)
    {
        var answers = new TAnswer[sheets.Count];
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(s_mostTime);
        var options = new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = over.Token };
        try
        {
            await Parallel.ForAsync(0, sheets.Count, options, async (i, _) => answers[i] = await ask(sheets[i]));
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ActorUnavailableException("The sheets took too long to answer.");
        }

        return answers;
    }
}
