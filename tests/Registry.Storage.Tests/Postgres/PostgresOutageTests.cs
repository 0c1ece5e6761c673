using System.Globalization;
using Registry.Actors.Journal;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests.Postgres;

/// <summary>What becomes of appends and readers when the database, or a connection to it, is lost.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOutageTests(PostgresFixture postgres) : IAsyncLifetime
{
    // Ends the connections of all listeners, and returns when they have ended.
    private const string NoListeners =
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity WHERE application_name LIKE '%listener'";

    private readonly ManualClock _clock = new();
    private string _database = "";
    private PostgresJournal? _journal;

    private PostgresJournal Journal => _journal!;

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyNot is not null)
            return;
        _database = await postgres.Server.EmptyDatabase();
        _journal = await PostgresJournal.Open(_database, _clock);
    }

    public async Task DisposeAsync()
    {
        if (_journal is not null)
            await _journal.DisposeAsync();
    }

    [PostgresFact]
    public async Task After_a_crash_under_load_every_acknowledged_append_is_there_and_the_chain_verifies()
    {
        var acknowledged = new Dictionary<string, Committed>();
        var failed = 0;
        var next = -1;
        var awaited = (Count: 0, Reached: new TaskCompletionSource());
        using var stop = new CancellationTokenSource();
        var more = MoreAcknowledged(200);
        var clients = Enumerable.Range(0, 16).Select(_ => Task.Run(Client)).ToArray();

        await more;
        await postgres.Server.Restart();
        // Sixteen of these may have been committed before the crash; the others were not.
        await MoreAcknowledged(200);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        Assert.NotEqual(0, failed);
        var entries = await Journal.Read(0).ToDictionaryAsync(entry => entry.Stream.Id);
        Assert.All(acknowledged, filed => Assert.Equal(filed.Value.Last, entries[filed.Key].Stamp));
        Assert.InRange(entries.Count, acknowledged.Count, acknowledged.Count + failed);
        Assert.Empty((await Verification.Run(Journal)).Faults);

        Task MoreAcknowledged(int count)
        {
            lock (acknowledged)
            {
                awaited = (acknowledged.Count + count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                return awaited.Reached.Task;
            }
        }

        async Task Client()
        {
            while (!stop.IsCancellationRequested)
            {
                var place = Interlocked.Increment(ref next);
                var id = string.Create(CultureInfo.InvariantCulture, $"lb-{place}");
                try
                {
                    var committed = Assert.IsType<Committed>(await Journal.Append(Filings.Apply(id, place)));
                    lock (acknowledged)
                    {
                        acknowledged.Add(id, committed);
                        if (acknowledged.Count == awaited.Count)
                            awaited.Reached.SetResult();
                    }
                }
                catch (JournalUnavailableException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }
    }

    [PostgresFact]
    public async Task While_the_server_is_gone_everything_fails_and_when_it_is_back_everything_works_without_opening_again()
    {
        await Commit("lb-1", 1);
        await postgres.Server.Stop();
        try
        {
            for (var i = 2; i < 5; i++)
                await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Append(Filings.Apply("lb-2", 2)));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.RaiseEpoch(Filings.M44));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Load(Filings.Stream("lb-1")));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.LoadSheet(Filings.M44).ToListAsync().AsTask());
            await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Find(new byte[32]));
            await Assert.ThrowsAsync<JournalUnavailableException>(() => PostgresJournal.Open(_database, _clock));
        }
        finally
        {
            await postgres.Server.Start();
        }

        Assert.Equal(2, (await Commit("lb-2", 2)).Last.Sequence);
        Assert.NotNull(await Journal.Load(Filings.Stream("lb-2")));
        Assert.Equal(1, await Journal.RaiseEpoch(Filings.M44));
    }

    [PostgresFact]
    public async Task A_read_survives_connections_that_were_lost_while_idle()
    {
        await Commit("lb-1", 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Journal.Load(Filings.Stream("lb-1"))));

        await postgres.Server.Restart();

        Assert.NotNull(await Journal.Load(Filings.Stream("lb-1")));
    }

    [PostgresFact]
    public async Task A_write_survives_a_connection_that_was_lost_while_idle()
    {
        await Commit("lb-1", 1);

        await postgres.Server.Restart();

        Assert.Equal(2, (await Commit("lb-2", 2)).Last.Sequence);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [PostgresFact]
    public async Task A_batch_whose_connection_is_lost_while_it_waits_for_the_head_begins_again_on_another()
    {
        await using var held = await HeldHead.Take(_database);
        var waiting = Enumerable.Range(0, 5).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();
        await Terminate(await held.Waiter());
        await held.Release();

        var written = await Task.WhenAll(waiting);

        Assert.All(written, answer => Assert.IsType<Committed>(answer));
        Assert.Equal(5, (await Journal.Read(0).ToListAsync()).Count);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [PostgresFact]
    public async Task A_batch_that_loses_two_connections_while_it_waits_for_the_head_fails_and_is_not_written()
    {
        await using var held = await HeldHead.Take(_database);
        var waiting = Enumerable.Range(0, 5).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();
        await Terminate(await held.Waiter());
        await Terminate(await held.Waiter());

        await Assert.ThrowsAsync<JournalUnavailableException>(() => waiting[0]);
        await held.Release();

        // Those that had not been in the batch are tried on the next connection.
        var there = await Journal.Read(0).Select(entry => entry.Stream.Id).ToListAsync();
        Assert.DoesNotContain("lb-0", there);
        await Commit("lb-0", 0);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [PostgresFact]
    public async Task A_failing_database_fails_what_waits_and_serves_again_when_it_is_mended()
    {
        await Commit("lb-1", 1);
        await PostgresServer.Execute(_database, "ALTER TABLE registry.entry RENAME TO lost");
        var failed = Enumerable.Range(2, 20).Select(i => Journal.Append(Filings.Apply($"lb-{i}", i))).ToArray();
        foreach (var append in failed)
            await Assert.ThrowsAsync<JournalUnavailableException>(() => append);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => Journal.Read(0).ToListAsync().AsTask());

        await PostgresServer.Execute(_database, "ALTER TABLE registry.lost RENAME TO entry");

        Assert.Equal(2, (await Commit("lb-2", 2)).Last.Sequence);
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [PostgresFact]
    public async Task Tailing_hears_of_what_another_process_wrote()
    {
        await using var other = await PostgresJournal.Open(_database, _clock);
        await Commit("lb-1", 1);
        await using var tail = Journal.Tail(1, CancellationToken.None).GetAsyncEnumerator();
        var next = tail.MoveNextAsync().AsTask();

        await other.Append(Filings.Apply("lb-2", 2));

        Assert.True(await next);
        Assert.Equal(Filings.Stream("lb-2"), tail.Current.Stream);
    }

    [PostgresFact]
    public async Task A_listener_that_lost_its_connection_listens_again_and_misses_nothing()
    {
        await using var other = await PostgresJournal.Open(_database, _clock);
        await Commit("lb-1", 1);
        await using var tail = Journal.Tail(1, CancellationToken.None).GetAsyncEnumerator();
        for (var i = 2; i < 5; i++)
        {
            var next = tail.MoveNextAsync().AsTask();
            await postgres.Server.ExecuteBeside(NoListeners);

            await other.Append(Filings.Apply($"lb-{i}", i));

            Assert.True(await next);
            Assert.Equal(i, tail.Current.Stamp.Sequence);
        }
    }

    [PostgresFact]
    public async Task Without_notifications_tailing_finds_by_looking_what_another_process_wrote()
    {
        await using var other = await PostgresJournal.Open(_database, _clock);
        await Commit("lb-1", 1);
        await using var tail = Journal.Tail(0, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await tail.MoveNextAsync());
        // From here on no listener comes back: connections that are there stay, and no new one is let in.
        await postgres.Server.ExecuteBeside("ALTER DATABASE registry ALLOW_CONNECTIONS false");
        try
        {
            await postgres.Server.ExecuteBeside(NoListeners);
            var next = tail.MoveNextAsync().AsTask();

            await other.Append(Filings.Apply("lb-2", 2));
            Assert.False(next.IsCompleted);
            _clock.RunTimers();

            Assert.True(await next);
            Assert.Equal(Filings.Stream("lb-2"), tail.Current.Stream);
        }
        finally
        {
            await postgres.Server.ExecuteBeside("ALTER DATABASE registry ALLOW_CONNECTIONS true");
        }
    }

    private async Task<Committed> Commit(string id, int place) =>
        Assert.IsType<Committed>(await Journal.Append(Filings.Apply(id, place)));

    private Task<object?> Terminate(int pid) => PostgresServer.Execute(
        _database, string.Create(CultureInfo.InvariantCulture, $"SELECT pg_terminate_backend({pid}, 10000)"));
}
