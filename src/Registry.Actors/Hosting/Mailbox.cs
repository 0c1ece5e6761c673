namespace Registry.Actors.Hosting;

/// <summary>
/// Runs the messages of one actor, one thread at a time, on a scheduler of its own, so that what follows an await comes back to it.
/// </summary>
/// <param name="interleaves">Whether the next message may begin while one awaits; else it waits until that one has ended.</param>
internal sealed class Mailbox(bool interleaves)
{
    private readonly ActorScheduler _scheduler = new();
    private readonly SemaphoreSlim? _oneAtATime = interleaves ? null : new SemaphoreSlim(1, 1);

    /// <summary>Posts a message. Messages begin in the order in which they were posted.</summary>
    /// <typeparam name="TResult">What it answers.</typeparam>
    public Task<TResult> Post<TResult>(Func<Task<TResult>> message) => Task.Factory.StartNew(
        _oneAtATime is null ? message : () => Exclusively(message),
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach,
        _scheduler).Unwrap();

    /// <summary>Posts a message that waits for nothing. An idle actor answers it at once, and no task is made for it.</summary>
    /// <param name="actor">Who is asked.</param>
    /// <param name="question">What.</param>
    /// <param name="answer">Answers.</param>
    public Task<TResult> Ask<TActor, TQuestion, TResult>(TActor actor, TQuestion question, Func<TActor, TQuestion, Task<TResult>> answer)
    {
        if (!_scheduler.TryEnter())
            return Post(() => answer(actor, question));
        try
        {
            return answer(actor, question);
        }
        finally
        {
            _scheduler.Leave();
        }
    }

    private async Task<TResult> Exclusively<TResult>(Func<Task<TResult>> message)
    {
        await _oneAtATime!.WaitAsync();
        try
        {
            return await message();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }
}
