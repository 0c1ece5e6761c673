using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Registry.Gateway.Costs;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Tests.Costs;

/// <summary>Costly requests: so many at once for a caller, so many for all, and a line that ends.</summary>
public sealed class CostlyTurnsTests : IDisposable
{
    private static readonly CostlyKind Kind = CostlyKind.FreeAreas;
    private readonly CostlyTurns _turns = new();

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task Who_has_a_turn_waits_for_the_next_until_it_ends()
    {
        var first = await _turns.Take(From(1), Kind);
        var second = _turns.Take(From(1), Kind).AsTask();
        Assert.False(second.IsCompleted);

        // Nobody else waits for that.
        (await _turns.Take(From(2), Kind)).Dispose();
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
    }

    [Fact]
    public async Task All_callers_together_have_no_more_turns_than_there_are()
    {
        var taken = new List<IDisposable>();
        for (var caller = 0; caller < Kind.Most; caller++)
            taken.Add(await _turns.Take(From(caller), Kind));
        var one_more = _turns.Take(From(200), Kind).AsTask();
        Assert.False(one_more.IsCompleted);

        taken[0].Dispose();

        (await one_more).Dispose();
        taken.ForEach(turn => turn.Dispose());
    }

    [Fact]
    public async Task Who_finds_the_line_full_is_told_429_and_when_to_come_again()
    {
        var first = await _turns.Take(From(1), Kind);
        var waiting = Enumerable.Range(0, Kind.Waiting).Select(_ => _turns.Take(From(1), Kind).AsTask()).ToList();

        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await _turns.Take(From(1), Kind));

        Assert.Equal((429, "too-many-at-once"), (refused.Problem.Type.Status, refused.Problem.Type.Slug));
        Assert.NotNull(refused.Problem.RetryAfterSeconds);
        first.Dispose();
        foreach (var turn in waiting)
            (await turn).Dispose();
    }

    [Fact]
    public async Task A_line_that_does_not_move_on_is_left_with_429()
    {
        using var turns = new CostlyTurns(TimeSpan.FromMilliseconds(1));
        var first = await turns.Take(From(1), Kind);

        var refused = await Assert.ThrowsAsync<ProblemException>(async () => await turns.Take(From(1), Kind));

        Assert.Equal((429, "too-many-at-once"), (refused.Problem.Type.Status, refused.Problem.Type.Slug));
        // It stands in nobody's way any more.
        first.Dispose();
        (await turns.Take(From(1), Kind)).Dispose();
    }

    [Fact]
    public async Task A_client_that_leaves_leaves_the_line()
    {
        using var left = new CancellationTokenSource();
        var first = await _turns.Take(From(1), Kind);
        var waiting = _turns.Take(From(1, left.Token), Kind).AsTask();
        var behind = _turns.Take(From(1), Kind).AsTask();

        await left.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        (await behind).Dispose();
    }

    [Fact]
    public async Task The_metrics_show_the_bound_and_what_is_under_way()
    {
        using var turn = await _turns.Take(From(1), Kind);
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name.StartsWith("registry.costly.", StringComparison.Ordinal))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Length == 0 || Equals(tags[0].Value, Kind.Name))
                seen[instrument.Name] = value;
        });
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Equal(["registry.costly.bound", "registry.costly.refused", "registry.costly.spent", "registry.costly.under_way"], seen.Keys.Order());
        Assert.Equal(Kind.Most, seen["registry.costly.bound"]);
        // Other tests of this process have turns of their own.
        Assert.True(seen["registry.costly.under_way"] >= 1);
    }

    private static DefaultHttpContext From(int caller, CancellationToken left = default) => new()
    {
        Connection = { RemoteIpAddress = new IPAddress([192, 0, 2, (byte)caller]) },
        RequestAborted = left,
    };
}
