using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Postgres;

/// <summary>What a batch writes: for each table the rows in which it differs from what is stored.</summary>
internal sealed class BatchChanges
{
    private readonly Dictionary<(long At, long Object, DeadlineKind Kind), bool> _deadlines = [];

    /// <summary>The entries, in order.</summary>
    public List<NewEntry> Entries { get; } = [];

    /// <summary>Entries of which values are erased, and what is left beside each.</summary>
    public List<LeftBeside> Erased { get; } = [];

    /// <summary>The tree over the entries; null where there are none.</summary>
    public TreeFrontier? Tree { get; set; }

    /// <summary>The edition of the law that was adopted last; null where none was.</summary>
    public string? Adopted { get; set; }

    /// <summary>Hashes of tiles of level 1 and above that the entries complete.</summary>
    public List<TileHash> TileHashes { get; } = [];

    /// <summary>Objects that are registered.</summary>
    public List<BatchObject> Registered { get; } = [];

    /// <summary>Objects that were registered before, and change.</summary>
    public List<BatchObject> Changed { get; } = [];

    /// <summary>Objects and the numbers of the sheets that they leave.</summary>
    public List<(long Object, int Sheet)> Left { get; } = [];

    /// <summary>Objects and the numbers of the sheets that they enter.</summary>
    public List<(long Object, int Sheet)> Entered { get; } = [];

    /// <summary>Cells that fall free.</summary>
    public List<Cell> Released { get; } = [];

    /// <summary>Claims that pass to another object.</summary>
    public List<KeyValuePair<Cell, long>> Passed { get; } = [];

    /// <summary>Cells that nobody claimed, and their claimants.</summary>
    public List<KeyValuePair<Cell, long>> Claimed { get; } = [];

    /// <summary>Parties and the numbers of undecided applications that they have now, where those changed.</summary>
    public List<KeyValuePair<string, long>> Undecided { get; } = [];

    /// <summary>Answers to idempotency keys.</summary>
    public List<NewAnswer> Answers { get; } = [];

    /// <summary>Sheets whose epoch was raised, and their epochs now.</summary>
    public Dictionary<SheetId, long> RaisedEpochs { get; } = [];

    /// <summary>The latest sealed instant; null where none was sealed.</summary>
    public DateTimeOffset? Sealed { get; set; }

    /// <summary>Deadlines that must not be there: instants in microseconds, objects, kinds.</summary>
    public IEnumerable<(long At, long Object, DeadlineKind Kind)> ClearedDeadlines => _deadlines.Where(d => !d.Value).Select(d => d.Key);

    /// <summary>Deadlines that must be there: instants in microseconds, objects, kinds.</summary>
    public IEnumerable<(long At, long Object, DeadlineKind Kind)> SetDeadlines => _deadlines.Where(d => d.Value).Select(d => d.Key);

    /// <summary>Sets or clears a deadline. Of several changes of one, the last holds.</summary>
    public void SetDeadline(Deadline deadline, long id, bool isSet) =>
        _deadlines[(JournalInstant.ToMicroseconds(deadline.At), id, deadline.Kind)] = isSet;

    /// <summary>Takes over the objects and claims as the batch left them.</summary>
    public void Take(IEnumerable<BatchObject> objects, BatchClaims claims)
    {
        foreach (var changed in objects.Where(o => o.IsChanged))
        {
            (changed.IsNew ? Registered : Changed).Add(changed);
            Left.AddRange(changed.Left.Select(sheet => (changed.Id, sheet)));
            Entered.AddRange(changed.Entered.Select(sheet => (changed.Id, sheet)));
        }

        Released.AddRange(claims.Released());
        Passed.AddRange(claims.Passed());
        Claimed.AddRange(claims.Claimed());
    }
}

/// <summary>An entry that a batch makes.</summary>
internal readonly record struct NewEntry(Stamp Stamp, long Object, long Version, WrittenEntry Written);

/// <summary>The answer to an idempotency key that a batch makes.</summary>
internal readonly record struct NewAnswer(RequestKey Key, long Object, long Version);
