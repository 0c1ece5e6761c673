using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>
/// Sends again, for a bounded time, what a grain did not answer and what may be carried out twice: questions, and writes with an
/// idempotency key. A silo that dies takes calls with it whose callers learn it by waiting; the second try finds the grain elsewhere.
/// </summary>
/// <param name="once">Sends once.</param>
/// <param name="clock">Measures the time.</param>
public sealed class PatientDispatcher(IDispatcher once, TimeProvider clock) : IDispatcher
{
    /// <summary>After this, nothing is sent again. The call under way may take its own time beyond it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // What fails at once, because it is known that a silo is gone, has to wait until it is known where its grains are.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => once.ToObject(stream, message);

    /// <inheritdoc/>
    public Task<TResult> ToObjectRepeatably<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => Patiently(() => once.ToObject(stream, message));

    /// <inheritdoc/>
    public Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message) => once.ToSheet(sheet, message);

    /// <inheritdoc/>
    public Task<TResult> AskSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> question) =>
        Patiently(() => once.AskSheet(sheet, question));

    /// <inheritdoc/>
    public Task<TResult> ToImport<TResult>(string id, Func<IImport, Task<TResult>> question) =>
        Patiently(() => once.ToImport(id, question));

    private async Task<TResult> Patiently<TResult>(Func<Task<TResult>> call)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await call();
            }
            catch (ActorUnavailableException) when (clock.GetElapsedTime(since) < Limit)
            {
                await Task.Delay(Pause, clock);
            }
        }
    }
}
