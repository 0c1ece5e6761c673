using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Ground;

/// <summary>
/// The actor of one sheet. It interleaves at awaits, and everything it decides, it decides between two of them.
/// </summary>
/// <remarks>
/// <para>
/// Each activation begins a new epoch in the journal before it loads. What an earlier activation promised can then no longer
/// commit, so that two activations, after a failure, never give the same ground away.
/// </para>
/// <para>
/// Epochs of one activation follow each other without a gap. A gap says that another activation has decided since, of whose
/// commits this one was not told: it retires and never speaks again, rather than take its word back from the other, which would
/// not be told of that either. It finds out by its next epoch, or when its host has it look (<see cref="RetireIfFollowed"/>).
/// </para>
/// <para>
/// A hold whose writer vanished is settled from the journal: first a new epoch, so that a late append of that writer cannot slip
/// in, then a look at what the journal has.
/// </para>
/// </remarks>
public sealed partial class Sheet : ISheet, IDisposable
{
    /// <summary>How long a writer may hold ground before the sheet asks the journal what became of it.</summary>
    public static readonly TimeSpan HoldLimit = TimeSpan.FromSeconds(10);

    private readonly SheetId _id;
    private readonly Regime _regime;
    private readonly IJournal _journal;
    private readonly TimeProvider _clock;
    private readonly PastSheets _past;
    private readonly ILogger _log;
    private readonly SheetContent _content;
    private readonly HoldLine _line = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _beginning = new(1, 1);
    private long _epoch;
    private long _raised;
    private long _loaded;
    private Task _watch = Task.CompletedTask;

    /// <param name="id">The sheet.</param>
    /// <param name="regime">The law.</param>
    /// <param name="journal">The truth.</param>
    /// <param name="clock">The registry's clock.</param>
    /// <param name="past">Where sheets keep what they read of the past.</param>
    /// <param name="log">Where faults of ours are told.</param>
    public Sheet(SheetId id, Regime regime, IJournal journal, TimeProvider clock, PastSheets past, ILogger<Sheet> log)
    {
        (_id, _regime, _journal, _clock, _past, _log) = (id, regime, journal, clock, past, log);
        _content = new SheetContent(regime, id, log);
    }

    private DateOnly Today => _regime.Calendar.DateOf(_clock.GetUtcNow());

    /// <summary>Whether another activation has decided since this one did: it answers
    /// nothing any more, and its host drops it for a new one.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Raised once when the activation retires, for a host that does not look at <see cref="IsRetired"/>.</summary>
    public event Action? Retired;

    /// <summary>Loads the sheet in a new epoch. Its host waits for it before the first message, and drops the activation if it fails.</summary>
    public Task Activate() => LoadInNewEpoch();

    /// <inheritdoc/>
    public async Task<HoldAnswer> Hold(HoldRequest request)
    {
        ThrowIfRetired();
        while (request.PassedEpoch >= _epoch)
            await LoadInNewEpoch();
        if (_line.TryFind(request.Id, out var known))
        {
            if (!known.IsGiven)
                return await known.Answer;
            _line.Expect(known, request);
            (known.Since, known.Epoch) = (_clock.GetTimestamp(), _epoch);
            return Decide(request);
        }

        // What is claimed for good need not wait for the writes in progress.
        if (request.Mode == HoldMode.Claim && Decide(request) is { IsHeld: false } refused)
            return refused;
        var hold = _line.Join(request);
        if (hold.Blocked == 0)
            TakeTurn(hold, new Queue<PendingHold>());
        return await hold.Answer;
    }

    /// <inheritdoc/>
    public async Task Settle(Settlement settlement)
    {
        ThrowIfRetired();
        if (!settlement.IsKnown)
        {
            await SettleFromJournal(settlement.HoldId, settlement.Stream);
            return;
        }

        IReadOnlyList<StoredObject> all = settlement.Object is { } first ? [first, .. settlement.Together ?? []] : [];
        foreach (var written in all)
        {
            // It may come late, or a second time, to an activation that loaded after the object had left this sheet.
            var isExpected = _line.TryFind(settlement.HoldId, out _) || _content.Knows(written.Stream);
            Enter(isExpected ? written : await _journal.Load(written.Stream) ?? written);
        }

        End(settlement.HoldId);
    }

    /// <inheritdoc/>
    public Task<CellView> Look(Cell cell)
    {
        ThrowIfRetired();
        return Task.FromResult(_content.Look(cell, Today));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<CellView>> LookAll(CellSet cells)
    {
        ThrowIfRetired();
        var today = Today;
        return Task.FromResult<IReadOnlyList<CellView>>([.. cells.Select(cell => _content.Look(cell, today))]);
    }

    /// <inheritdoc/>
    public Task<SheetFigures> Figures()
    {
        ThrowIfRetired();
        return Task.FromResult(new SheetFigures(_epoch, _content.ClaimedCells, _content.Objects, _line.Count));
    }

    /// <summary>
    /// Asks the journal whether another activation has begun an epoch since, and retires if so. Its host calls this every few seconds:
    /// an activation through which nobody writes would not find out, and show for ever how the ground was.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal did not answer; whether it was followed is not known.</exception>
    public async Task RetireIfFollowed()
    {
        await _beginning.WaitAsync();
        try
        {
            if (!IsRetired && _raised != 0 && await _journal.EpochOf(_id) > _raised)
                Retire();
        }
        finally
        {
            _beginning.Release();
        }
    }

    /// <summary>Stops the watch over holds.</summary>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
        _line.Clear();
        SheetMeter.ClaimedCells(-_content.ClaimedCells);
    }

    private void Enter(StoredObject stored)
    {
        var claimed = _content.ClaimedCells;
        _content.Apply(stored);
        SheetMeter.ClaimedCells(_content.ClaimedCells - claimed);
    }

    private async Task LoadInNewEpoch()
    {
        var epoch = await BeginEpoch();
        await foreach (var stored in _journal.LoadSheet(_id))
            Enter(stored);
        // What left the sheet before, and when, is not in what it loads.
        _content.MovedBy(await _journal.Newest());
        _epoch = Math.Max(_epoch, epoch);
        if (_loaded == 0)
            _loaded = epoch;
    }

    // One at a time, so that only what another activation began can lie between.
    private async Task<long> BeginEpoch()
    {
        await _beginning.WaitAsync();
        try
        {
            ThrowIfRetired();
            var epoch = await _journal.RaiseEpoch(_id);
            if (_raised != 0 && epoch != _raised + 1)
                Retire();
            ThrowIfRetired();
            return _raised = epoch;
        }
        finally
        {
            _beginning.Release();
        }
    }

    private void Retire()
    {
        IsRetired = true;
        LogRetired(_log, _id);
        foreach (var hold in _line.Clear())
            hold.Abandon(Retirement());
        Retired?.Invoke();
    }

    private void ThrowIfRetired()
    {
        if (IsRetired)
            throw Retirement();
    }

    private ActorUnavailableException Retirement() => new($"Sheet {_id} was activated anew elsewhere.");

    private HoldAnswer Decide(HoldRequest request)
    {
        var others = _content.Others(request.Stream, request.Cells);
        if (request.Mode == HoldMode.Touch)
            return new HoldAnswer(_epoch, others, _content.Next(request.Stream, request.Cells), [], IsHeld: true);
        var restricted = _content.Restricted(request.Cells, Today);
        if (request.Mode == HoldMode.Share)
            return new HoldAnswer(_epoch, [], [], restricted, IsHeld: restricted.Count == 0);
        var isTaken = request.Mode == HoldMode.Claim ? others.Count > 0 : others.Any(other => !other.Status.IsUndecided());
        return new HoldAnswer(_epoch, others, [], restricted, IsHeld: !isTaken && restricted.Count == 0);
    }

    /// <summary>Gives a hold its answer, and every hold whose turn comes by that: a refused one stands in nobody's way.</summary>
    private void TakeTurn(PendingHold? hold, Queue<PendingHold> turns)
    {
        for (; hold is not null || turns.TryDequeue(out hold); hold = null)
        {
            var answer = Decide(hold.Request);
            hold.Give(answer, _clock.GetTimestamp());
            if (answer.IsHeld)
                Watch();
            else
                _line.Leave(hold, turns);
        }
    }

    private void End(string holdId)
    {
        if (!_line.TryFind(holdId, out var hold))
            return;
        var turns = new Queue<PendingHold>();
        _line.Leave(hold, turns);
        hold.Abandon(new ActorUnavailableException("The write was settled while it waited for its turn."));
        TakeTurn(null, turns);
    }

    private async Task SettleFromJournal(string holdId, StreamId stream)
    {
        var epoch = await BeginEpoch();
        _epoch = Math.Max(_epoch, epoch);
        IReadOnlyList<StreamId> together = _line.TryFind(holdId, out var written) ? written.Request.Together ?? [] : [];
        foreach (var concerned in together.Prepend(stream))
        {
            if (await _journal.Load(concerned) is { } stored)
                Enter(stored);
        }

        // A writer that asked again meanwhile, and was given the ground in the new epoch, is there after all.
        if (!_line.TryFind(holdId, out var hold) || !hold.IsGiven || hold.Epoch < epoch)
            End(holdId);
    }

    // One watch a sheet, and only while ground is held.
    private void Watch()
    {
        if (_watch.IsCompleted)
            _watch = WatchHolds();
    }

    private async Task WatchHolds()
    {
        while (_line.Count > 0 && !_closing.IsCancellationRequested)
        {
            await Task.Delay(HoldLimit / 2, _clock, _closing.Token).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            foreach (var hold in _line.Given.Where(hold => _clock.GetElapsedTime(hold.Since) >= HoldLimit).ToList())
            {
                LogVanished(_log, _id, hold.Request.Stream);
                try
                {
                    await SettleFromJournal(hold.Request.Id, hold.Request.Stream);
                }
                catch (ActorUnavailableException)
                {
                    return;
                }
                catch (JournalUnavailableException fault)
                {
                    LogJournal(_log, fault, _id);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sheet {Sheet}: the writer of {Stream} vanished; asking the journal what became of it.")]
    private static partial void LogVanished(ILogger log, SheetId sheet, StreamId stream);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sheet {Sheet}: another activation has decided since; this one retires.")]
    private static partial void LogRetired(ILogger log, SheetId sheet);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sheet {Sheet}: the journal did not answer; holds are looked at again with the next one.")]
    private static partial void LogJournal(ILogger log, Exception fault, SheetId sheet);
}
