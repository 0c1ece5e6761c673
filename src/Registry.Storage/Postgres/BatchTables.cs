using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Postgres;

/// <summary>
/// What a batch looks at, as it stands under the lock of the head row, and what each piece of the batch in turn does to it. So
/// every append is decided in memory, in order, against the database and the appends before it; what succeeded is written at the
/// end with one statement for each table.
/// </summary>
/// <param name="head">The newest entry.</param>
/// <param name="clock">Where the instants of entries come from.</param>
/// <param name="salts">Where the salts of erasable values come from.</param>
internal sealed class BatchTables(Head head, TimeProvider clock, ISalts salts)
{
    private readonly Dictionary<StreamId, BatchObject> _objects = [];
    private readonly Dictionary<long, StreamId> _names = [];
    private readonly Dictionary<string, KeptAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<SheetId, long> _epochs = [];
    private readonly BatchClaims _claims = new();
    private readonly UndecidedCounts _undecided = new();
    private readonly BatchChanges _changes = new();
    private Head _head = head;

    /// <summary>Takes in an object that is stored.</summary>
    public void Read(BatchObject stored)
    {
        _objects.Add(stored.Stream, stored);
        _names[stored.Id] = stored.Stream;
    }

    /// <summary>Takes in a claim that is stored, and the name of its owner.</summary>
    public void Read(Cell cell, long owner, StreamId? name)
    {
        _claims.Read(cell, owner);
        if (name is { } known)
            _names[owner] = known;
    }

    /// <summary>Takes in what an idempotency key brought about.</summary>
    public void Read(string key, KeptAnswer answer) => _answers.Add(key, answer);

    /// <summary>Takes in the epoch of a sheet.</summary>
    public void Read(SheetId sheet, long epoch) => _epochs.Add(sheet, epoch);

    /// <summary>Takes in how many undecided applications a party has.</summary>
    public void Read(string party, long applications) => _undecided.Read([new(party, applications)]);

    /// <summary>What is to be written.</summary>
    public BatchChanges Changes()
    {
        _changes.Take(_objects.Values, _claims);
        _changes.Undecided.AddRange(_undecided.Changed);
        if (_changes.Entries.Count > 0)
            _changes.Tree = _head.Tree.Append([.. _changes.Entries.Select(entry => new TreeHash(entry.Written.Hash))], _changes.TileHashes);
        return _changes;
    }

    /// <summary>Appends one entry as a whole, or changes nothing.</summary>
    /// <exception cref="InvalidOperationException">A claim or a deadline is given to an object that was never registered.</exception>
    public AppendResult Append(Append append)
    {
        if (append.Key is { } key && _answers.TryGetValue(key.Id, out var answer))
            return new KeyUsed(answer);
        if (!_head.Admits(append))
            return new LawPassed(_head.Law!);
        foreach (var relied in append.Epochs)
        {
            var epoch = _epochs.GetValueOrDefault(relied.Sheet);
            if (epoch != relied.Epoch)
                return new EpochPassed(new SheetEpoch(relied.Sheet, epoch));
        }

        var known = _objects.GetValueOrDefault(append.Stream);
        if (append.Version != (known?.Version ?? 0) + 1)
            return new VersionTaken();
        if (!_undecided.Admits(append.Undecided))
            return new TooManyUndecided();
        var stamp = _head.Next(append, clock);
        var changed = known ?? new BatchObject(append.Stream, stamp, 0, []);
        var owners = _claims.OwnersOfCells(append);
        if (ClaimTrial<long>.FirstConflict(append, changed.Id, owners, IdOf) is { } conflict)
            return new ClaimConflict(conflict.Cell, conflict.Owner is { } owner ? NameOf(owner) : null);
        var deadlines = append.Deadlines.Select(deadline => (deadline, IdOf(deadline.Stream))).ToArray();
        var written = _head.Write(append, stamp, salts);

        // Nothing fails from here on.
        Enter(append, changed, stamp, written);
        _claims.Change(append, owners);
        if (append.Answers is { } answered)
            Clear(answered);
        foreach (var (deadline, id) in deadlines)
            _changes.SetDeadline(deadline, id, isSet: true);
        return new Committed(changed.First, stamp);

        long IdOf(StreamId stream) => stream == append.Stream
            ? changed.Id
            : _objects.GetValueOrDefault(stream)?.Id ?? throw new InvalidOperationException($"{stream} was never registered.");

        StreamId NameOf(long id) => id == changed.Id
            ? append.Stream
            : _names.TryGetValue(id, out var name)
                ? name
                : throw new InvalidOperationException("A claim belongs to an object that is not there; the journal was tampered with.");
    }

    /// <inheritdoc cref="IJournal.RaiseEpoch"/>
    public long RaiseEpoch(SheetId sheet)
    {
        var epoch = _epochs.GetValueOrDefault(sheet) + 1;
        _epochs[sheet] = epoch;
        _changes.RaisedEpochs[sheet] = epoch;
        return epoch;
    }

    /// <summary>Keeps that nothing more is stamped at or before an instant.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public void Seal(DateTimeOffset instant)
    {
        _head = _head.Seal(instant);
        _changes.Sealed = _head.Sealed;
    }

    /// <inheritdoc cref="IJournal.Clear"/>
    public void Clear(Deadline deadline)
    {
        if (_objects.TryGetValue(deadline.Stream, out var known))
            _changes.SetDeadline(deadline, known.Id, isSet: false);
    }

    private void Enter(Append append, BatchObject changed, Stamp stamp, WrittenEntry written)
    {
        _head = _head.After(append, stamp, written.Hash);
        _changes.Adopted = append.Adopts ?? _changes.Adopted;
        _changes.Entries.Add(new NewEntry(stamp, changed.Id, append.Version, written));
        _changes.Erased.AddRange(append.Erases);
        if (changed.Version == 0)
            Read(changed);
        changed.Change(append, stamp);
        _undecided.Change(append.Undecided);
        if (append.Key is not { } key)
            return;
        var answer = new KeptAnswer(key.Fingerprint, append.Stream, append.Version);
        _answers.Add(key.Id, answer);
        _changes.Answers.Add(new NewAnswer(key, changed.Id, append.Version));
    }
}
