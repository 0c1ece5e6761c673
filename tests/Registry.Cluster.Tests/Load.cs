using Registry.Actors.Journal;

namespace Registry.Cluster.Tests;

/// <summary>Random applications that a cluster gets while a test does something to it, and what must hold of them afterwards.</summary>
public sealed class Load : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RegistryCluster _cluster;
    private readonly Task _running;

    private Load(RegistryCluster cluster)
    {
        _cluster = cluster;
        _running = Applications.Run(cluster.Gateway, _stop.Token);
    }

    /// <summary>The applications.</summary>
    public RandomApplications Applications { get; } = new();

    /// <summary>Begins.</summary>
    public static Load On(RegistryCluster cluster) => new(cluster);

    /// <summary>Ends when this many more were answered. A client that fails fails this.</summary>
    public async Task MoreAnswers(int count) =>
        await await Task.WhenAny(_running, Applications.MoreAnswers(count)).WaitAsync(Deadline.OfAStep);

    /// <summary>Ends when every client knows what became of its last application.</summary>
    public async Task End()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Deadline.OfAStep);
    }

    /// <summary>No cell was given twice, every 201 is in the journal, and <c>registry verify</c> finds no fault.</summary>
    public async Task NothingWasLost()
    {
        Applications.NoCellWasGivenTwice();
        await Applications.EveryGrantIsThere(_cluster.Gateway);
        await using var journal = await _cluster.OpenJournal();
        var report = await Verification.Run(journal);
        Assert.Empty(report.Faults);
        Assert.InRange(report.Entries, Applications.Granted, long.MaxValue);
    }

    /// <summary>Stops the clients; does not wait for them where the test has failed already.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }
}
