using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>How many undecided applications parties have, as they are stored and as appends leave them.</summary>
internal sealed class UndecidedCounts
{
    private readonly Dictionary<string, long> _stored = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _now = new(StringComparer.Ordinal);

    /// <summary>Every party and its number.</summary>
    public IEnumerable<KeyValuePair<string, long>> All => _now;

    /// <summary>The parties whose numbers are not those that are stored, and their numbers.</summary>
    public IEnumerable<KeyValuePair<string, long>> Changed => _now.Where(count => count.Value != _stored.GetValueOrDefault(count.Key));

    /// <summary>Takes in numbers that are stored.</summary>
    public void Read(IEnumerable<KeyValuePair<string, long>> counts)
    {
        foreach (var (party, count) in counts)
            _stored[party] = _now[party] = count;
    }

    /// <summary>Whether a change keeps within its quota.</summary>
    public bool Admits(UndecidedChange? change) =>
        change is not { To: { } party, Most: { } most } || _now.GetValueOrDefault(party) < most;

    /// <summary>Makes a change.</summary>
    public void Change(UndecidedChange? change)
    {
        if (change?.From is { } from)
            _now[from] = _now.GetValueOrDefault(from) - 1;
        if (change?.To is { } to)
            _now[to] = _now.GetValueOrDefault(to) + 1;
    }
}
