using Registry.Actors.Journal;
using Registry.Simulation.Running;

namespace Registry.Simulation.Hosting;

/// <summary>One activation of an actor: the messages that wait for it, those it works on, and its end.</summary>
/// <param name="scheduler">Runs its steps.</param>
/// <param name="actor">The actor, or what stands before it.</param>
/// <param name="interleaves">Whether the next message may begin while one awaits.</param>
internal sealed class Activation(ActivationScheduler scheduler, object actor, bool interleaves)
{
    private readonly Queue<(Call Call, Func<Task> Work)> _waiting = [];
    private readonly List<Call> _accepted = [];
    private bool _isReady;
    private bool _isBusy;

    /// <summary>Its name, unique in the run.</summary>
    public string Name => scheduler.Name;

    /// <summary>The actor.</summary>
    public object Actor => actor;

    /// <summary>Whether its host drops a message whose caller has stopped to wait for it, while so many others wait.</summary>
    public Func<int, bool> DropsExpired { get; init; } = _ => false;

    /// <summary>Whether the actor asks its host to be dropped.</summary>
    public Func<bool> IsRetired { get; init; } = () => false;

    /// <summary>Whether it crashed, or was never able to prepare.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Prepares the actor, and then begins with the messages that wait.</summary>
    /// <param name="prepare">Loads the actor.</param>
    /// <param name="failed">Called when that failed.</param>
    public void Begin(Func<Task> prepare, Action<JournalUnavailableException> failed) => scheduler.Start(async () =>
    {
        try
        {
            await prepare();
            _isReady = true;
            Next();
        }
        catch (JournalUnavailableException fault)
        {
            failed(fault);
        }
    });

    /// <summary>Accepts a message.</summary>
    public void Accept(Call call, Func<Task> work)
    {
        _accepted.Add(call);
        _waiting.Enqueue((call, work));
        Next();
    }

    /// <summary>Has the actor do something that nobody sent a message for.</summary>
    public void Do(Func<Task> work) => scheduler.Start(work);

    /// <summary>Ends the activation where it stands.</summary>
    /// <returns>The calls that it accepted and did not answer.</returns>
    public IReadOnlyList<Call> Kill()
    {
        IsDead = true;
        scheduler.Kill();
        return _accepted;
    }

    private void Next()
    {
        while (_isReady && (interleaves || !_isBusy) && _waiting.TryDequeue(out var next))
        {
            if (next.Call.IsOver && DropsExpired(_waiting.Count))
            {
                _accepted.Remove(next.Call);
                continue;
            }

            _isBusy = true;
            scheduler.Start(async () =>
            {
                await next.Work();
                _accepted.Remove(next.Call);
                _isBusy = false;
                Next();
            });
        }
    }
}

/// <summary>One call of an actor, as its caller waits for it.</summary>
internal abstract class Call
{
    /// <summary>Whether its caller waits no more.</summary>
    public abstract bool IsOver { get; }

    /// <summary>Ends it, if it has not ended, because the actor did not answer.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>One call of an actor, as its caller waits for it.</summary>
/// <typeparam name="TResult">What is answered.</typeparam>
internal sealed class Call<TResult> : Call
{
    private readonly TaskCompletionSource<TResult> _answer = new();

    /// <summary>When the caller stops to wait.</summary>
    public Later? TimeOut { get; set; }

    /// <summary>The answer.</summary>
    public Task<TResult> Answer => _answer.Task;

    /// <inheritdoc/>
    public override bool IsOver => Answer.IsCompleted;

    /// <summary>Ends it, if it has not ended, with an answer.</summary>
    public void End(TResult result)
    {
        TimeOut?.Cancel();
        _answer.TrySetResult(result);
    }

    /// <inheritdoc/>
    public override void Fail(Exception fault)
    {
        TimeOut?.Cancel();
        _answer.TrySetException(fault);
    }
}
