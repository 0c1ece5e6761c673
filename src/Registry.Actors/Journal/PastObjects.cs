namespace Registry.Actors.Journal;

/// <summary>Objects as they stood after an entry of the journal: their entries up to there, added up.</summary>
public static class PastObjects
{
    /// <summary>An object as it stood; null when it was not registered yet.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="stream">Which object.</param>
    /// <param name="cut">The sequence of the last entry that counts.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="InvalidOperationException">The entries do not add up: the journal was tampered with.</exception>
    public static async Task<StoredObject?> LoadAt(this IJournal journal, StreamId stream, long cut)
    {
        FoldedObject? folded = null;
        await foreach (var entry in journal.History(stream))
        {
            if (entry.Stamp.Sequence > cut)
                break;
            folded ??= FoldedObject.Of(stream.Collection);
            Add(folded, entry);
        }

        return folded?.ToStored();
    }

    /// <summary>
    /// Every object that lay on a sheet at some time up to an entry, as it stood after that entry, in the order of first
    /// registration. One object at a time is held. Those that lay elsewhere by then are among them, as <see cref="IJournal.SheetHistory"/> says.
    /// </summary>
    /// <param name="journal">The journal.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="cut">The sequence of the last entry that counts.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="InvalidOperationException">The entries do not add up: the journal was tampered with.</exception>
    public static async IAsyncEnumerable<StoredObject> LoadSheetAt(this IJournal journal, Core.Ground.SheetId sheet, long cut)
    {
        FoldedObject? folded = null;
        await foreach (var entry in journal.SheetHistory(sheet, cut))
        {
            if (folded is not null && folded.Stream != entry.Stream)
            {
                yield return folded.ToStored();
                folded = null;
            }

            folded ??= FoldedObject.Of(entry.Stream.Collection);
            Add(folded, entry);
        }

        if (folded is not null)
            yield return folded.ToStored();
    }

    private static void Add(FoldedObject folded, Entry entry)
    {
        if (folded.Apply(entry) is { } sentence)
            throw new InvalidOperationException($"Entry {entry.Stamp.Sequence} {sentence}");
    }
}
