using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Erasures;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Erasing;

/// <summary>
/// Erases names and texts from beside the entries of the register. It is an entry itself, which names the hashes whose values are gone; each
/// object that showed one gets an entry too, by which whoever remembers it finds that it changed. All of it is one transaction.
/// </summary>
/// <remarks>
/// It reads the whole journal, so that it takes as long as a verification; it is rare. The sheets on which concerned objects lie, or lay, are
/// activated anew, and the objects look at the journal again. One that cannot be reached finds out within ten seconds.
/// </remarks>
/// <param name="actors">The sheets.</param>
/// <param name="journal">The truth.</param>
/// <param name="regime">The law, for the sheets of objects.</param>
public sealed class Eraser(IActors actors, IJournal journal, Regime regime)
{
    private const int MostAttempts = 5;
    private static readonly StreamId s_erasures = new(Collection.Erasures, "register");

    /// <summary>Erases, if anything is left to erase.</summary>
    /// <param name="subject">What.</param>
    /// <param name="caller">Who asked; a registrar or an operator.</param>
    /// <param name="key">The idempotency key, when one was given.</param>
    /// <returns>Where the erasure stands, and how many values are gone by it; or why nothing was erased.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed; asked again, it finishes what is left.</exception>
    public async Task<(Erasure? Erasure, Refusal? Refusal)> Erase(ErasureSubject subject, Caller caller, RequestKey? key = null)
    {
        if (caller.Role is not (Role.Registrar or Role.Operator))
            return (null, new Refusal(RefusalKind.Forbidden, "Only a registrar or an operator erases."));
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (key is not null && await journal.FindAnswer(key.Id) is { } kept)
                return await Repeat(key, kept);
            // Before the entries are read: of two erasures at once one does not see what the other took away, and is refused for its version.
            var before = await journal.Load(s_erasures);
            var found = new List<Found>();
            await foreach (var entry in journal.Read(0))
            {
                if (ErasablePlaces.Of(entry, subject) is { Count: > 0 } places)
                    found.Add(new Found(entry, places));
            }

            if (found.Count == 0)
                return (null, new Refusal(RefusalKind.NotFound, "There is nothing of it to erase."));
            if (await Attempt(before, found, caller, key) is { } erasure)
                return (erasure, null);
        }

        return (null, new Refusal(RefusalKind.Unavailable, "What is to be erased changed again and again. Ask again."));
    }

    private async Task<(Erasure? Erasure, Refusal? Refusal)> Repeat(RequestKey key, KeptAnswer kept)
    {
        if (kept.Fingerprint != key.Fingerprint || kept.Stream != s_erasures)
            return (null, new Refusal(RefusalKind.IdempotencyKeyReused, "The idempotency key was used before, for another request."));
        var entry = await journal.History(s_erasures).FirstAsync(entry => entry.Version == kept.Version);
        var erased = (Erased)JsonSerializer.Deserialize(entry.Event, CoreJson.Default.ErasureEvent)!;
        return (new Erasure(entry.Stamp, erased.Seals.Count), null);
    }

    // Null: an object changed meanwhile, or another erasure came first.
    private async Task<Erasure?> Attempt(StoredObject? before, List<Found> found, Caller caller, RequestKey? key)
    {
        var seals = found.SelectMany(each => each.Seals()).ToList();
        var erased = new Erased(seals);
        var state = ErasureState.After(before is null ? null : JsonSerializer.Deserialize(before.State, CoreJson.Default.ErasureState), erased);
        var appends = new List<Append>
        {
            new()
            {
                Stream = s_erasures,
                Version = (before?.Version ?? 0) + 1,
                Event = JsonSerializer.SerializeToUtf8Bytes(erased, CoreJson.Default.ErasureEvent),
                By = caller,
                State = JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.ErasureState),
                Erases = [.. found.Select(each => each.Left)],
                Key = key,
            },
        };
        var sheets = new SortedSet<SheetId>();
        foreach (var shown in found.Where(each => each.Places.Any(place => place != ErasablePlaces.Key)).GroupBy(each => each.Entry.Stream))
            appends.Add(await Withheld(shown.Key, shown.ToDictionary(each => each.Entry.Stamp.Sequence), caller, sheets));
        var result = await journal.AppendAll(appends);
        if (result.Refused is not null)
            return null;
        foreach (var withheld in appends.Skip(1))
            await Remind(withheld);
        foreach (var sheet in sheets)
            await Anew(sheet);
        return new Erasure(result.Committed[0].Last, seals.Count);
    }

    // The object as its entries make it without what is erased, in its next version.
    private async Task<Append> Withheld(StreamId stream, Dictionary<long, Found> erased, Caller caller, SortedSet<SheetId> sheets)
    {
        var folded = FoldedObject.Of(stream.Collection);
        IReadOnlyList<SheetId> on = [];
        await foreach (var entry in journal.History(stream))
        {
            folded.Apply(erased.TryGetValue(entry.Stamp.Sequence, out var found) ? await Without(entry, found.Left.Beside) : entry);
            sheets.UnionWith(on = SheetsOf.Stored(regime, folded.ToStored()));
        }

        return new Append
        {
            Stream = stream,
            Version = folded.Version + 1,
            Event = Entry.Withheld.ToArray(),
            By = caller,
            State = folded.ToStored().State,
            Sheets = on,
        };
    }

    private async Task<Entry> Without(Entry entry, byte[] beside)
    {
        var objects = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var apart in EntryReference.In(entry.Canonical).Where(reference => !reference.IsSealed))
            objects[apart.Hash] = await journal.Object(Convert.FromHexString(apart.Hash));
        return Entry.Read(entry.Canonical, entry.Hash, beside, objects.GetValueOrDefault);
    }

    // Before it refuses, an activation looks whether the object is still as it remembers it; and it refuses an operator everything.
    private async Task Remind(Append withheld)
    {
        var request = new Request($"erasure of {withheld.Stream}", new Caller("erasure", Role.Operator));
        var (id, state) = (withheld.Stream.Id, withheld.State);
        try
        {
            _ = withheld.Stream.Collection switch
            {
                Collection.LicenseBlocks => (await actors.LicenseBlock(id).Carry(request, new Withdraw())).Refusal,
                Collection.Deposits => (await actors.Deposit(id).Register(request, JsonSerializer.Deserialize(state, CoreJson.Default.DepositState)!)).Refusal,
                Collection.Areas => (await actors.Area(id).Register(request, JsonSerializer.Deserialize(state, CoreJson.Default.AreaState)!)).Refusal,
                _ => (await actors.Party(id).Register(request, JsonSerializer.Deserialize(state, CoreJson.Default.PartyState)!)).Refusal,
            };
        }
        catch (ActorUnavailableException)
        {
            // It looks by itself when it has remembered for ten seconds.
        }
    }

    // An activation that finds a gap in its epochs retires, and what it kept of the past with it.
    private async Task Anew(SheetId sheet)
    {
        await journal.RaiseEpoch(sheet);
        try
        {
            await actors.Sheet(sheet).Settle(new Settlement($"erasure of {sheet}", s_erasures, null, IsKnown: false));
        }
        catch (ActorUnavailableException)
        {
            // It has retired, or finds out by itself.
        }
    }

    private sealed record Found(Entry Entry, HashSet<int> Places)
    {
        public LeftBeside Left { get; } = new(Entry.Stamp.Sequence, SealedValue.Erase(Entry.Beside, Places));

        public IEnumerable<string> Seals() =>
            EntryReference.In(Entry.Canonical).Where(reference => reference.IsSealed).Where((_, place) => Places.Contains(place)).Select(reference => reference.Hash);
    }
}

/// <summary>An erasure that was made.</summary>
/// <param name="Stamp">Where it stands in the register.</param>
/// <param name="Values">How many values are gone by it.</param>
public sealed record Erasure(Stamp Stamp, int Values);
