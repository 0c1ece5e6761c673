using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.InMemory;

/// <summary>
/// What a journal keeps, in memory, and what an append does to it. Not safe for concurrent use: its journal's lock guards it.
/// </summary>
internal sealed class InMemoryTables
{
    private readonly List<Entry> _entries = [];
    private Head _head = Head.None;
    private readonly Dictionary<StreamId, Kept> _objects = [];
    private readonly List<Kept> _byRegistration = [];
    private readonly List<List<byte>> _tileHashes = [];
    private readonly Dictionary<string, byte[]> _logObjects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Cell, StreamId> _claims = [];
    private readonly Dictionary<SheetId, long> _epochs = [];
    private readonly Dictionary<string, KeptAnswer> _answers = new(StringComparer.Ordinal);
    private readonly UndecidedCounts _undecided = new();
    private readonly SortedDictionary<(long At, long Object, DeadlineKind Kind), Deadline> _deadlines = [];

    /// <summary>Every entry, oldest first.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    /// <summary>The tree over the entries.</summary>
    public TreeFrontier Tree => _head.Tree;

    /// <summary>The edition of the law that was adopted last; null where none was.</summary>
    public string? Law => _head.Law;

    /// <summary>Hashes of a level of the log's tiles, one behind the other.</summary>
    public byte[] Hashes(int level, long first, int count)
    {
        if (level == 0)
            return [.. EntriesFrom(first, count).SelectMany(entry => entry.Hash)];
        return level > _tileHashes.Count ? [] : [.. _tileHashes[level - 1].Skip((int)first * TreeHash.Length).Take(count * TreeHash.Length)];
    }

    /// <summary>Entries from a place on.</summary>
    public IEnumerable<Entry> EntriesFrom(long first, int count) => _entries.Skip((int)first).Take(count);

    /// <summary>What was too long for an entry, by its hash in hexadecimal digits; null where there is none.</summary>
    public byte[]? LogObject(string hash) => _logObjects.GetValueOrDefault(hash);

    /// <summary>Every claim, in the order of cells.</summary>
    public IReadOnlyDictionary<Cell, StreamId> Claims => _claims;

    /// <summary>Every deadline, earliest first.</summary>
    public IEnumerable<Deadline> Deadlines => _deadlines.Values;

    /// <summary>Every object, in the order of first registration.</summary>
    public IEnumerable<StoredObject> Objects => _byRegistration.Select(kept => kept.Object);

    /// <summary>Every object that lies on a sheet, in the order of first registration.</summary>
    public IEnumerable<StoredObject> ObjectsOn(SheetId sheet) =>
        _byRegistration.Where(kept => kept.Sheets.Contains(sheet)).Select(kept => kept.Object);

    /// <summary>The entries, up to a sequence, of every object that ever lay on a sheet, object by object.</summary>
    public IEnumerable<Entry> HistoryOf(SheetId sheet, long upTo) => _byRegistration
        .Where(kept => kept.SheetsEver.Contains(sheet))
        .SelectMany(kept => kept.Entries)
        .Where(entry => entry.Stamp.Sequence <= upTo);

    /// <summary>Whether an entry is stamped at an instant or later, or such an instant is sealed.</summary>
    public bool HasCome(DateTimeOffset instant) => instant <= _head.Stamp.At || instant <= _head.Sealed;

    /// <summary>Seals an instant, and finds the last entry that is not stamped later.</summary>
    public long CutAt(DateTimeOffset instant)
    {
        _head = _head.Seal(instant);
        return _entries.FindLast(entry => entry.Stamp.At <= instant)?.Stamp.Sequence ?? 0;
    }

    /// <summary>An object; null when it was never registered.</summary>
    public StoredObject? Find(StreamId stream) => _objects.GetValueOrDefault(stream)?.Object;

    /// <summary>The entries of an object, oldest first.</summary>
    public IReadOnlyList<Entry> EntriesOf(StreamId stream) => _objects.GetValueOrDefault(stream)?.Entries ?? [];

    /// <summary>What an idempotency key brought about; null when nothing.</summary>
    public KeptAnswer? Answer(string keyId) => _answers.GetValueOrDefault(keyId);

    /// <summary>The same once more, changed by nothing that changes these.</summary>
    public InMemoryTables Copy()
    {
        var copy = new InMemoryTables { _head = _head };
        copy._entries.AddRange(_entries);
        foreach (var kept in _byRegistration)
        {
            var own = new Kept { Object = kept.Object, Sheets = kept.Sheets };
            own.SheetsEver.UnionWith(kept.SheetsEver);
            own.Entries.AddRange(kept.Entries);
            copy._byRegistration.Add(own);
            copy._objects.Add(kept.Object.Stream, own);
        }

        copy._tileHashes.AddRange(_tileHashes.Select(level => level.ToList()));
        foreach (var (hash, bytes) in _logObjects)
            copy._logObjects.Add(hash, bytes);
        foreach (var (cell, owner) in _claims)
            copy._claims.Add(cell, owner);
        foreach (var (sheet, epoch) in _epochs)
            copy._epochs.Add(sheet, epoch);
        foreach (var (key, answer) in _answers)
            copy._answers.Add(key, answer);
        copy._undecided.Read(_undecided.All);
        foreach (var (key, deadline) in _deadlines)
            copy._deadlines.Add(key, deadline);
        return copy;
    }

    /// <summary>Begins a new epoch of a sheet.</summary>
    public long RaiseEpoch(SheetId sheet) => _epochs[sheet] = _epochs.GetValueOrDefault(sheet) + 1;

    /// <inheritdoc cref="IJournal.EpochOf"/>
    public long EpochOf(SheetId sheet) => _epochs.GetValueOrDefault(sheet);

    /// <summary>Removes a deadline if it is there.</summary>
    public void Clear(Deadline deadline)
    {
        if (_objects.TryGetValue(deadline.Stream, out var kept))
            _deadlines.Remove(KeyOf(deadline, kept.Object.First.Sequence));
    }

    /// <summary>Appends one entry as a whole, or changes nothing.</summary>
    /// <exception cref="InvalidOperationException">A claim or a deadline is given to an object that was never registered.</exception>
    public AppendResult Append(Append append, TimeProvider clock, ISalts salts)
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

        var kept = _objects.GetValueOrDefault(append.Stream);
        if (append.Version != (kept?.Object.Version ?? 0) + 1)
            return new VersionTaken();
        if (!_undecided.Admits(append.Undecided))
            return new TooManyUndecided();
        var owners = OwnersOfCells(append);
        if (ClaimTrial<StreamId>.FirstConflict(append, append.Stream, owners, Known) is { } conflict)
            return new ClaimConflict(conflict.Cell, conflict.Owner);
        foreach (var deadline in append.Deadlines)
            Known(deadline.Stream);
        return Write(append, clock, salts, kept, owners);

        StreamId Known(StreamId stream) => stream == append.Stream || _objects.ContainsKey(stream)
            ? stream
            : throw new InvalidOperationException($"{stream} was never registered.");
    }

    private Dictionary<Cell, StreamId> OwnersOfCells(Append append)
    {
        var owners = new Dictionary<Cell, StreamId>();
        foreach (var cell in append.Releases.Select(end => end.Cell).Concat(append.Claims))
        {
            if (_claims.TryGetValue(cell, out var owner))
                owners[cell] = owner;
        }

        return owners;
    }

    private Committed Write(Append append, TimeProvider clock, ISalts salts, Kept? kept, Dictionary<Cell, StreamId> owners)
    {
        var stamp = _head.Next(append, clock);
        var written = _head.Write(append, stamp, salts);
        foreach (var apart in written.Objects)
            _logObjects[Convert.ToHexStringLower(apart.Hash)] = apart.Bytes;
        var entry = Entry.Read(written.Canonical, written.Hash, written.Beside, _logObjects.GetValueOrDefault);
        var completed = new List<TileHash>();
        _head = _head.After(append, stamp, entry.Hash) with { Tree = _head.Tree.Append(new TreeHash(entry.Hash), completed) };
        foreach (var done in completed)
        {
            if (_tileHashes.Count < done.Level)
                _tileHashes.Add([]);
            _tileHashes[done.Level - 1].AddRange(done.Hash.ToArray());
        }

        var first = kept?.Object.First ?? stamp;
        if (kept is null)
        {
            kept = new Kept();
            _objects.Add(append.Stream, kept);
            _byRegistration.Add(kept);
        }

        kept.Object = new StoredObject(append.Stream, append.Version, first, stamp, append.State);
        kept.Sheets = append.Sheets;
        kept.SheetsEver.UnionWith(append.Sheets);
        kept.Entries.Add(entry);
        _undecided.Change(append.Undecided);
        _entries.Add(entry);
        foreach (var left in append.Erases)
            Erase(left);
        foreach (var end in append.Releases)
            _claims.Remove(end.Cell);
        foreach (var (cell, owner) in owners)
            _claims[cell] = owner;
        if (append.Answers is { } answered)
            Clear(answered);
        foreach (var deadline in append.Deadlines)
        {
            var cut = deadline with { At = JournalInstant.Of(deadline.At) };
            _deadlines[KeyOf(cut, _objects[deadline.Stream].Object.First.Sequence)] = cut;
        }

        if (append.Key is { } key)
            _answers.Add(key.Id, new KeptAnswer(key.Fingerprint, append.Stream, append.Version));
        return new Committed(first, stamp);
    }

    private void Erase(LeftBeside left)
    {
        var before = _entries[(int)left.Sequence - 1];
        var after = Entry.Read(before.Canonical, before.Hash, left.Beside, _logObjects.GetValueOrDefault);
        _entries[(int)left.Sequence - 1] = after;
        _objects[before.Stream].Entries[(int)before.Version - 1] = after;
    }

    private static (long At, long Object, DeadlineKind Kind) KeyOf(Deadline deadline, long first) =>
        (JournalInstant.ToMicroseconds(deadline.At), first, deadline.Kind);

    private sealed class Kept
    {
        public StoredObject Object { get; set; } = null!;

        public IReadOnlyList<SheetId> Sheets { get; set; } = [];

        public HashSet<SheetId> SheetsEver { get; } = [];

        public List<Entry> Entries { get; } = [];
    }
}
