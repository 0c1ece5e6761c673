using Registry.Actors.Journal;

namespace Registry.Gateway.Tiles;

/// <summary>
/// What tells this registry's journal from others: the hash of its first entry, under which every later one stands. Sheets of two
/// registries may well have the same versions, and a browser may have known both under one address.
/// </summary>
/// <param name="journal">The truth.</param>
public sealed class JournalIdentity(IJournal journal)
{
    private volatile string? _first;

    /// <summary>The identity in hexadecimal digits; empty before the first entry, when all registries are alike.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public ValueTask<string> Get() => _first is { } known ? ValueTask.FromResult(known) : new(Look());

    private async Task<string> Look()
    {
        await foreach (var entry in journal.Read(0))
            return _first = Convert.ToHexString(entry.Hash);
        return "";
    }
}
