using Registry.Actors.Hosting;

namespace Registry.Actors.Tests.Hosting;

/// <summary>What an actor may rely on: that what it does is done by one thread at a time, whoever sent the message.</summary>
public sealed class MailboxTests
{
    [Fact]
    public async Task A_message_from_a_thread_with_a_context_of_its_own_comes_back_to_its_actor_after_an_await()
    {
        var mailbox = new Mailbox(interleaves: true);
        var posted = OnThreadWith(new PoolContext(), () => mailbox.Post(async () =>
        {
            var before = TaskScheduler.Current;
            await Task.Yield();
            return (Before: before, After: TaskScheduler.Current);
        }));

        var (before, after) = await await posted;

        Assert.IsType<ActorScheduler>(before);
        Assert.Same(before, after);
    }

    [Fact]
    public async Task A_message_to_an_idle_actor_begins_on_the_thread_that_sent_it()
    {
        var mailbox = new Mailbox(interleaves: true);

        var (sender, runner) = await OnThreadWith(null, () =>
            (Environment.CurrentManagedThreadId, mailbox.Post(() => Task.FromResult(Environment.CurrentManagedThreadId))));

        Assert.Equal(sender, await runner);
    }

    private static Task<TResult> OnThreadWith<TResult>(SynchronizationContext? context, Func<TResult> action)
    {
        var done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            done.SetResult(action());
        }).Start();
        return done.Task;
    }

    // Runs what is posted on any thread of the pool. A class of its own: an await passes the platform's own context by.
    private sealed class PoolContext : SynchronizationContext;
}
