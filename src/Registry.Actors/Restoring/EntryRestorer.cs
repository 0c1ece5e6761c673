using System.Globalization;
using System.Text.Json;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Erasures;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Restoring;

/// <summary>
/// Appends entries again that a journal has lost, byte by byte as they were published, with everything that was committed with them: states,
/// claims, deadlines, epochs. While it works nobody else writes.
/// </summary>
/// <remarks>
/// What the public log does not have stays lost: sealed names and texts are withheld from then on, idempotency keys and API keys are unknown. It
/// may be ended at any entry and go on later. It holds every cell that anybody claims, some 100 bytes each.
/// </remarks>
public sealed class EntryRestorer
{
    private readonly IJournal _journal;
    private readonly Regime _regime;
    private readonly string _edition;
    private readonly ClaimLines _lines = new();

    private EntryRestorer(IJournal journal, Regime regime) => (_journal, _regime, _edition) = (journal, regime, LawEdition.Of(regime).Hash);

    /// <summary>Looks at what a journal has.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="regime">The law, by which deadlines are set.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public static async Task<EntryRestorer> Begin(IJournal journal, Regime regime)
    {
        var restorer = new EntryRestorer(journal, regime);
        await foreach (var stored in journal.LoadAll(Collection.LicenseBlocks))
            restorer._lines.Enter(stored.Stream, stored.First.Sequence, JsonSerializer.Deserialize(stored.State, CoreJson.Default.LicenseBlockState)!.Claims);
        return restorer;
    }

    /// <summary>Appends the entry that follows the newest one.</summary>
    /// <param name="canonical">Its bytes.</param>
    /// <param name="objects">Gives what was too long for it, by its SHA-256 in hexadecimal digits.</param>
    /// <exception cref="NotRestoredException">It does not follow, or this release cannot read it; nothing was written.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed; the entry may or may not be there.</exception>
    public async Task Add(byte[] canonical, Func<string, byte[]> objects)
    {
        var (entry, envelope) = Read(canonical, objects);
        if (envelope.Law is { } law && law != _edition)
        {
            throw NotRestored(entry, $"was decided by edition {law} of the law; this release has {_edition}. Go on with the release of that edition.");
        }

        // Whoever relies on a sheet from now on does so in a later epoch.
        foreach (var relied in envelope.Epochs)
        {
            while (await _journal.EpochOf(relied.Sheet) < relied.Epoch)
                await _journal.RaiseEpoch(relied.Sheet);
        }

        var folded = await Before(entry);
        var before = Title(folded);
        if (folded.Apply(entry) is { } fault)
            throw NotRestored(entry, fault);
        var append = await AppendOf(entry, envelope, folded, before);
        try
        {
            if (await _journal.Append(append) is not Committed and var refused)
                throw NotRestored(entry, $"is refused by the journal: {refused}");
        }
        catch (InvalidOperationException unfit)
        {
            throw new NotRestoredException(unfit.Message, unfit);
        }

        await ClearAnswered(entry, Title(folded), before);
        _lines.Leave(entry.Stream, ClaimsOf(before));
        _lines.Enter(entry.Stream, folded.First.Sequence, ClaimsOf(Title(folded)));
    }

    private static (Entry Entry, Envelope Envelope) Read(byte[] canonical, Func<string, byte[]> objects)
    {
        try
        {
            var entry = Entry.Read(canonical, Entry.HashOf(canonical), SealedValue.Lost(canonical), objects);
            return (entry, Envelope.Of(canonical, objects));
        }
        catch (FormatException unreadable)
        {
            throw new NotRestoredException($"An entry cannot be read by this release: {unreadable.Message}", unreadable);
        }
    }

    // After an erasure an object is what its entries say without what was erased.
    private async Task<FoldedObject> Before(Entry entry)
    {
        if (!entry.Withholds)
            return await _journal.Load(entry.Stream) is { } stored ? FoldedObject.From(stored) : FoldedObject.Of(entry.Stream.Collection);
        var folded = FoldedObject.Of(entry.Stream.Collection);
        await foreach (var past in _journal.History(entry.Stream))
            folded.Apply(past);
        return folded;
    }

    private async Task<Append> AppendOf(Entry entry, Envelope envelope, FoldedObject folded, LicenseBlockState? before)
    {
        var after = Title(folded);
        var stored = folded.ToStored();
        return new Append
        {
            Stream = entry.Stream,
            Version = entry.Version,
            Event = entry.Event,
            By = entry.By,
            Law = envelope.Law,
            Adopts = folded is FoldedObject<LawState, LawEvent> { State: { } adopted } ? adopted.Sha256 : null,
            State = stored.State,
            Sheets = SheetsOf.Stored(_regime, stored),
            Claims = [.. ClaimsOf(after).Except(ClaimsOf(before)).Where(cell => _lines.ClaimantOf(cell) is null)],
            Releases = [.. ClaimsOf(before).Except(ClaimsOf(after)).Where(cell => _lines.ClaimantOf(cell) == entry.Stream)
                .Select(cell => new ClaimEnd(cell, NextBehind(entry.Stream, cell)))],
            Deadlines = after is null ? [] : DeadlinesOf(entry, after, before),
            Undecided = UndecidedChange.Of(before?.Undecided, after?.Undecided, most: null),
            Erases = entry.Stream.Collection == Collection.Erasures ? await Erased(entry) : [],
            Restores = new RestoredEntry(entry.Stamp, entry.Previous, new WrittenEntry(entry.Canonical, entry.Hash, entry.Beside, envelope.Objects)),
        };
    }

    private StreamId? NextBehind(StreamId stream, Cell cell)
    {
        foreach (var next in _lines.Behind(stream, CellSet.Of([cell])))
            return next;
        return null;
    }

    // As the license block's actor sets them: those in line hear of every change before them.
    private IReadOnlyList<Deadline> DeadlinesOf(Entry entry, LicenseBlockState after, LicenseBlockState? before)
    {
        var calendar = _regime.Calendar;
        if (before is null || entry.Withholds)
            return [];
        var at = after.Status == LicenseBlockStatus.Refused ? _regime.NextConsidered(calendar.DateOf(entry.Stamp.At)) : entry.Stamp.At;
        var deadlines = _lines.Behind(entry.Stream, before.Claims).Select(next => new Deadline(next, DeadlineKind.Reconsider, at));
        return after.Status == LicenseBlockStatus.Granted && before.Status != LicenseBlockStatus.Granted
            ? [.. deadlines, new Deadline(entry.Stream, DeadlineKind.Expire, calendar.EndOf(after.ExpiresOn!.Value))]
            : [.. deadlines];
    }

    // A deadline that stays though it was answered asks for nothing when it is due; those that the entry answered are known.
    private async Task ClearAnswered(Entry entry, LicenseBlockState? after, LicenseBlockState? before)
    {
        if (after is null || before is null)
            return;
        DeadlineKind? answered = after.Status == LicenseBlockStatus.Expired ? DeadlineKind.Expire
            : after.Status.IsUndecided() ? DeadlineKind.Reconsider
            : null;
        foreach (var deadline in await _journal.DeadlinesOf(entry.Stream))
        {
            if (deadline.Kind == answered && deadline.At <= entry.Stamp.At)
                await _journal.Clear(deadline);
        }
    }

    // What was erased once is erased again, wherever the older journal still has it.
    private async Task<IReadOnlyList<LeftBeside>> Erased(Entry entry)
    {
        var seals = ((Erased)JsonSerializer.Deserialize(entry.Event, CoreJson.Default.ErasureEvent)!).Seals.ToHashSet(StringComparer.Ordinal);
        var left = new List<LeftBeside>();
        await foreach (var past in _journal.Read(0))
        {
            var places = EntryReference.In(past.Canonical).Where(reference => reference.IsSealed).Index()
                .Where(seal => seals.Contains(seal.Item.Hash)).Select(seal => seal.Index).ToHashSet();
            if (places.Count > 0)
                left.Add(new LeftBeside(past.Stamp.Sequence, SealedValue.Erase(past.Beside, places)));
        }

        return left;
    }

    private static LicenseBlockState? Title(FoldedObject folded) => (folded as FoldedObject<LicenseBlockState, LicenseBlockEvent>)?.State;

    private static CellSet ClaimsOf(LicenseBlockState? title) => title?.Claims ?? CellSet.Empty;

    private static NotRestoredException NotRestored(Entry entry, string why) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Entry {entry.Stamp.Sequence} {why}"));

    /// <summary>What else an entry says.</summary>
    private sealed record Envelope(string? Law, IReadOnlyList<SheetEpoch> Epochs, IReadOnlyList<LogObject> Objects)
    {
        public static Envelope Of(byte[] canonical, Func<string, byte[]> objects)
        {
            using var document = JsonDocument.Parse(canonical);
            var root = document.RootElement;
            return new Envelope(
                root.TryGetProperty("law"u8, out var law) ? law.GetString() : null,
                root.TryGetProperty("epochs"u8, out var epochs)
                    ? [.. epochs.EnumerateArray().Select(relied => new SheetEpoch(SheetId.FromNumber(relied[0].GetInt32()), relied[1].GetInt64()))]
                    : [],
                [.. EntryReference.In(canonical).Where(reference => !reference.IsSealed).Select(reference => LogObject.Of(objects(reference.Hash)))]);
        }
    }
}

/// <summary>An entry that was lost cannot be appended again.</summary>
/// <param name="message">Which, and why.</param>
/// <param name="cause">What was found, where something was thrown.</param>
public sealed class NotRestoredException(string message, Exception? cause = null) : Exception(message, cause);
