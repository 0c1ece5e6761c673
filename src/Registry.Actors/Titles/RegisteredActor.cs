using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>
/// One object of the registry: it checks a command by the law, has its sheets hold the ground, appends to the journal, which
/// decides, and tells the sheets. One command at a time.
/// </summary>
/// <remarks>
/// The object's version fences a second activation of the same object, the sheets' epochs fence a second activation of a sheet,
/// and an append whose outcome is not known is settled by the sheets from the journal. An actor that fails at any point may
/// therefore simply be dropped. A second activation cannot commit on what it merely remembers; nor may it refuse by it, or show
/// it for long: before it refuses it looks whether the object is still as it remembers it, and it remembers for
/// <see cref="s_memory"/> at most.
/// </remarks>
/// <typeparam name="TState">The object's state.</typeparam>
/// <typeparam name="TEvent">Its changes.</typeparam>
/// <typeparam name="TCommand">What may be asked of it.</typeparam>
public abstract class RegisteredActor<TState, TEvent, TCommand>(
    StreamId stream, ActorPorts ports, JsonTypeInfo<TState> stateJson, JsonTypeInfo<TEvent> eventJson)
    where TState : class
    where TEvent : class
{
    private const int MostAttempts = 5;

    /// <summary>How long an activation shows what it knows without looking whether a second activation changed it.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(10);

    private Registered<TState>? _object;
    private bool _isLoaded;
    private bool _isRemembered;
    private long _known;

    /// <summary>The law.</summary>
    protected Regime Regime => ports.Regime;

    /// <summary>Which object.</summary>
    protected StreamId Stream => stream;

    /// <summary>The date, in the regime's time zone.</summary>
    protected DateOnly Today => ports.Regime.Calendar.DateOf(Now);

    /// <summary>The instant.</summary>
    protected DateTimeOffset Now => ports.Clock.GetUtcNow();

    /// <summary>Whether the activation knows of no object: nothing was registered under its id, or that is not known.</summary>
    protected bool IsEmpty => _object is null;

    /// <summary>The object as it stands; null when it was never registered.</summary>
    public async Task<Registered<TState>?> Get()
    {
        try
        {
            return await Find();
        }
        finally
        {
            LetGoIfEmpty();
        }
    }

    /// <summary>Called at the end of every call that leaves the activation empty: nobody needs it to stay, and its host may let it go.</summary>
    protected virtual void OnEmpty()
    {
    }

    private async Task<Registered<TState>?> Find()
    {
        if (_isLoaded && !IsFresh(_known))
            Forget();
        if (!_isLoaded)
        {
            Registered<TState>? loaded = null;
            if (await ports.Journal.Load(stream) is { } stored)
                loaded = new(JsonSerializer.Deserialize(stored.State, stateJson)!, stored.Version, stored.First, stored.Last);
            Know(loaded);
        }

        return _object;
    }

    /// <summary>Why a command cannot be carried out, as far as the object alone can tell.</summary>
    protected abstract Refusal? Check(TState? state, TCommand command, Caller caller);

    /// <summary>Whether a command begins the object.</summary>
    protected abstract bool Creates(TCommand command);

    /// <summary>The ground that a command concerns.</summary>
    protected abstract WriteGround GroundOf(TState? state, TCommand command);

    /// <summary>What happens; null when there is nothing to change.</summary>
    private protected abstract ValueTask<TEvent?> Decide(Registered<TState>? current, TCommand command, HeldGround held, Request request);

    /// <summary>The state after a change.</summary>
    protected abstract TState After(TState? state, TEvent change);

    /// <summary>The cells that an object of this state claims.</summary>
    protected virtual CellSet ClaimsOf(TState? state) => CellSet.Empty;

    /// <summary>The party whose undecided application an object of this state is; null where it is none.</summary>
    protected virtual string? UndecidedOf(TState? state) => null;

    /// <summary>The sheets that keep an object of this state, in their order.</summary>
    protected abstract IReadOnlyList<SheetId> SheetsOf(TState state);

    /// <summary>The deadlines that a change sets.</summary>
    private protected virtual IReadOnlyList<Deadline> DeadlinesOf(TEvent change, HeldGround held) => [];

    /// <summary>Called whenever what the activation knows of the object is another, or nothing any more.</summary>
    private protected virtual void OnChanged()
    {
    }

    /// <summary>Since when what the activation knows is known, by the clock's <see cref="TimeProvider.GetTimestamp"/>.</summary>
    private protected long KnownSince => _known;

    /// <summary>Whether what was known at a time may be shown without a look at the journal.</summary>
    private protected bool IsFresh(long since) => ports.Clock.GetElapsedTime(since) <= s_memory;

    /// <summary>Carries out a command. The answer is durable, and every sheet concerned shows it, before it is given.</summary>
    protected async Task<Answer<TState>> Write(Request request, TCommand command)
    {
        _isRemembered = _isLoaded;
        // Without a key an id is given to one creation and never again; should it have been after all, the version fences it.
        if (request.Key is null && Creates(command) && !_isLoaded)
            Know(null);
        var write = new SheetWrite(ports.Actors, stream, request.Id);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (await Attempt(request, command, write) is { } answer)
                    return answer;
            }

            await write.Release();
            return new Refusal(RefusalKind.Unavailable, "The ground changed hands between activations again and again. Ask again.");
        }
        catch (JournalUnavailableException)
        {
            Forget();
            await write.SettleFromJournal();
            return new Refusal(RefusalKind.Unavailable, "The journal did not answer. Ask again with the same idempotency key.");
        }
        catch (ActorUnavailableException)
        {
            Forget();
            await write.Release();
            throw;
        }
        finally
        {
            LetGoIfEmpty();
        }
    }

    private void LetGoIfEmpty()
    {
        if (IsEmpty)
            OnEmpty();
    }

    // Null: something that the decision relied on has passed; decide again.
    private async Task<Answer<TState>?> Attempt(Request request, TCommand command, SheetWrite write)
    {
        var current = await Find();
        // The id of a new object is derived from its key, so that a key without an object was never used here.
        if (current is not null && request.Key is { } key && await ports.Journal.FindAnswer(key.Id) is { } kept)
        {
            await write.Release();
            return await Repeat(request, key, kept);
        }

        var refusal = Check(current?.State, command, request.Caller);
        // Who may not act at all need not hear what changed; anybody else decided on what is no longer so.
        if (refusal?.Kind is not (RefusalKind.Forbidden or RefusalKind.NotFound)
            && request.IfVersion is { } expected && current is not null && expected != current.Version)
        {
            refusal = new Refusal(RefusalKind.Stale, $"The object is at version {current.Version} by now.");
        }

        if (refusal is not null)
            return await Refuse(write, current, refusal);
        var ground = GroundOf(current?.State, command);
        var held = await write.Hold(ground, ports.Regime);
        if (held.Refusal(ports.Regime) is { } taken)
            return await Refuse(write, current, taken);
        if (await Decide(current, command, held, request) is not { } change)
        {
            // What is not appended is not fenced. By this answer a deadline is cleared, so the sheets say it again in a new epoch.
            return request.Answers is not null && write.Doubt(held)
                ? null
                : await Refuse(write, current, new Refusal(RefusalKind.WrongStatus, "There is nothing to change."));
        }

        var after = After(current?.State, change);
        if (current is not null && !ground.Moves && !SheetsOf(current.State).SequenceEqual(SheetsOf(after)))
            throw new InvalidOperationException($"{change.GetType().Name} moves {stream}, and its ground was held as if it did not.");
        var append = AppendOf(request, current, after, change, held);
        switch (await ports.Journal.Append(append))
        {
            case Committed committed:
                var changed = new Registered<TState>(after, append.Version, committed.First, committed.Last);
                Know(changed);
                await write.Commit(SheetsOf(after), Stored(changed, append.State));
                return changed;
            case KeyUsed used:
                await write.Release();
                return await Repeat(request, request.Key!, used.Answer);
            case EpochPassed passed:
                write.Passed(passed.Sheet.Sheet, passed.Sheet.Epoch - 1);
                return null;
            case ClaimConflict conflict:
                // The sheet does not know what the journal knows: it must look anew.
                var sheet = ports.Regime.Graticule.SheetOf(conflict.Cell);
                write.Passed(sheet, held.Epochs.First(epoch => epoch.Sheet == sheet).Epoch);
                Forget();
                return null;
            case VersionTaken:
                await write.Release();
                Forget();
                return null;
            case LawPassed:
                await write.Release();
                return LawInForce.AnotherEdition;
            case TooManyUndecided:
                return await Refuse(write, current, LicenseBlockRules.TooManyUndecided(ports.Regime));
            case var other:
                throw new InvalidOperationException($"The journal answered {other.GetType().Name}.");
        }
    }

    // Null: a second activation changed the object since this one looked; decide again.
    private async Task<Answer<TState>?> Refuse(SheetWrite write, Registered<TState>? decidedOn, Refusal refusal)
    {
        await write.Release();
        if (_isRemembered)
        {
            Forget();
            if ((await Find())?.Version != decidedOn?.Version)
                return null;
        }

        return refusal;
    }

    private Append AppendOf(Request request, Registered<TState>? current, TState after, TEvent change, HeldGround held)
    {
        var (before, claims) = (ClaimsOf(current?.State), ClaimsOf(after));
        var others = CellSet.Of(held.Others.Select(other => other.Cell));
        var next = held.Next.GroupBy(line => line.Cell)
            .ToDictionary(line => line.Key, line => new StreamId(Collection.LicenseBlocks, line.First().LicenseBlock));
        return new Append
        {
            Stream = stream,
            Version = (current?.Version ?? 0) + 1,
            Event = JsonSerializer.SerializeToUtf8Bytes(change, eventJson),
            By = request.Caller,
            Law = stream.Collection == Collection.LicenseBlocks ? ports.Edition : null,
            State = JsonSerializer.SerializeToUtf8Bytes(after, stateJson),
            Sheets = SheetsOf(after),
            Claims = claims.Except(before).Except(others),
            Releases = [.. before.Except(claims).Except(others)
                .Select(cell => new ClaimEnd(cell, next.TryGetValue(cell, out var heir) ? heir : null))],
            Epochs = held.Epochs,
            Deadlines = DeadlinesOf(change, held),
            Answers = request.Answers,
            Undecided = UndecidedChange.Of(
                UndecidedOf(current?.State), UndecidedOf(after), LicenseBlockRules.MostUndecided(ports.Regime, request.Caller)),
            Key = request.Key,
        };
    }

    // The same key brings the same answer: the object at the version that the key made.
    private async Task<Answer<TState>> Repeat(Request request, RequestKey key, KeptAnswer kept)
    {
        if (kept.Fingerprint != key.Fingerprint || kept.Stream != stream)
            return new Refusal(RefusalKind.IdempotencyKeyReused, "The idempotency key was used before, for another request.");
        Forget();
        var current = (await Find())!;
        (TState? state, TState? then, var last) = (null, null, current.First);
        var sheets = new SortedSet<SheetId>();
        await foreach (var entry in ports.Journal.History(stream))
        {
            state = After(state, JsonSerializer.Deserialize(entry.Event, eventJson)!);
            sheets.UnionWith(SheetsOf(state));
            if (entry.Version == kept.Version)
                (then, last) = (state, entry.Stamp);
        }

        // Whoever carried out the first request may have failed before it told the sheets: those too that the object left by it.
        var write = new SheetWrite(ports.Actors, stream, request.Id);
        await write.Commit([.. sheets], Stored(current, JsonSerializer.SerializeToUtf8Bytes(current.State, stateJson)));
        return new Answer<TState>(new(then!, kept.Version, current.First, last), null) { IsRepeat = true };
    }

    private void Know(Registered<TState>? current)
    {
        (_object, _isLoaded, _isRemembered, _known) = (current, true, false, ports.Clock.GetTimestamp());
        OnChanged();
    }

    private void Forget()
    {
        (_object, _isLoaded, _isRemembered) = (null, false, false);
        OnChanged();
    }

    private StoredObject Stored(Registered<TState> current, byte[] state) =>
        new(stream, current.Version, current.First, current.Last, state);
}
