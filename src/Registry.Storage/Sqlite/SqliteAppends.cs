using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Sqlite;

/// <summary>
/// Appends entries in a transaction of the writer. Everything that can be wrong with an append is read before its first write, so
/// that one which fails leaves nothing to undo.
/// </summary>
/// <param name="prepare">Prepares a statement on the writer's connection.</param>
/// <param name="clock">Where the instants of entries come from.</param>
/// <param name="salts">Where the salts of erasable values come from.</param>
internal sealed class SqliteAppends(Func<string, Statement> prepare, TimeProvider clock, ISalts salts)
{
    private readonly Statement _answer = prepare(
        "SELECT a.fingerprint, o.name, a.version FROM answer a JOIN object o ON o.id = a.object WHERE a.key = ?1");

    private readonly Statement _epoch = prepare("SELECT epoch FROM epoch WHERE sheet = ?1");
    private readonly Statement _object = prepare("SELECT id, version, first_at, sheets FROM object WHERE name = ?1");
    private readonly Statement _id = prepare("SELECT id FROM object WHERE name = ?1");
    private readonly Statement _name = prepare("SELECT name FROM object WHERE id = ?1");
    private readonly Statement _owners = prepare("SELECT cell, object FROM claim WHERE cell BETWEEN ?1 AND ?2");

    private readonly Statement _undecided = prepare("SELECT applications FROM undecided WHERE party = ?1");

    private readonly Statement _count = prepare(
        "INSERT INTO undecided (party, applications) VALUES (?1, ?2) ON CONFLICT (party) DO UPDATE SET applications = applications + ?2");

    private readonly Statement _release = prepare("DELETE FROM claim WHERE cell = ?1");
    private readonly Statement _pass = prepare("UPDATE claim SET object = ?2 WHERE cell = ?1");
    private readonly Statement _claim = prepare("INSERT INTO claim (cell, object) VALUES (?1, ?2)");
    private readonly Statement _entry = prepare(
        "INSERT INTO entry (sequence, object, version, at, canonical, hash, beside) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private readonly Statement _logObject = prepare("INSERT OR IGNORE INTO log_object (hash, bytes) VALUES (?1, ?2)");
    private readonly Statement _erase = prepare("UPDATE entry SET beside = ?2 WHERE sequence = ?1");

    private readonly Statement _register = prepare(
        """
        INSERT INTO object (id, last_sequence, version, first_at, last_at, name, sheets, state)
        VALUES (?1, ?1, ?2, ?3, ?3, ?4, ?5, ?6)
        """);

    private readonly Statement _change = prepare(
        "UPDATE object SET last_sequence = ?2, version = ?3, last_at = ?4, sheets = ?5, state = ?6 WHERE id = ?1");

    private readonly Statement _enter = prepare("INSERT OR IGNORE INTO object_sheet (sheet, object) VALUES (?1, ?2)");
    private readonly Statement _leave = prepare("DELETE FROM object_sheet WHERE sheet = ?1 AND object = ?2");
    private readonly Statement _left = prepare("INSERT OR IGNORE INTO object_sheet_left (sheet, object) VALUES (?1, ?2)");
    private readonly Statement _clear = prepare("DELETE FROM deadline WHERE at = ?1 AND object = ?2 AND kind = ?3");
    private readonly Statement _set = prepare("INSERT OR IGNORE INTO deadline (at, object, kind) VALUES (?1, ?2, ?3)");
    private readonly Statement _keep = prepare("INSERT INTO answer (key, fingerprint, object, version) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _adopt = prepare("UPDATE tree SET law = ?1");
    private readonly Statement _frontier = prepare("UPDATE tree SET frontier = ?1");
    private readonly Statement _tileHash = prepare("INSERT INTO tile_hash (level, place, hash) VALUES (?1, ?2, ?3)");
    private readonly List<TreeHash> _leaves = [];

    /// <summary>The newest entry of the transaction.</summary>
    public Head Head { get; set; } = Head.None;

    /// <summary>Appends one entry, or writes nothing.</summary>
    /// <exception cref="InvalidOperationException">A claim or a deadline is given to an object that was never registered.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public AppendResult Append(Append append)
    {
        if (append.Key is { } key && UseOf(key) is { } used)
            return used;
        if (!Head.Admits(append))
            return new LawPassed(Head.Law!);
        foreach (var relied in append.Epochs)
        {
            var epoch = _epoch.Bind(1, relied.Sheet.Number).Scalar() ?? 0;
            if (epoch != relied.Epoch)
                return new EpochPassed(new SheetEpoch(relied.Sheet, epoch));
        }

        var change = Begin(append);
        if (append.Version != change.VersionBefore + 1)
            return new VersionTaken();
        if (append.Undecided is { To: { } party, Most: { } most } && (_undecided.Bind(1, party).Scalar() ?? 0) >= most)
            return new TooManyUndecided();
        if (ClaimTrial<long>.FirstConflict(append, change.Object, OwnersOfCells(append), change.IdOf) is { } conflict)
            return new ClaimConflict(conflict.Cell, conflict.Owner is { } owner ? change.NameOf(owner) : null);
        var deadlines = append.Deadlines.Select(deadline => (deadline, change.IdOf(deadline.Stream))).ToArray();

        WriteEntry(change);
        WriteObject(change);
        WriteClaims(change);
        WriteDeadlines(change, deadlines);
        if (append.Undecided is { } undecided)
            WriteUndecided(undecided);
        if (append.Key is { } kept)
            _keep.Bind(1, kept.Id).Bind(2, kept.Fingerprint).Bind(3, change.Object).Bind(4, append.Version).Run();
        return new Committed(change.First, change.Stamp);
    }

    /// <summary>Begins with what is committed.</summary>
    public void Begin(Head head)
    {
        _leaves.Clear();
        Head = head;
    }

    /// <summary>Moves the tree over the entries of the transaction, once for all of them.</summary>
    public void MoveTree()
    {
        if (_leaves.Count == 0)
            return;
        var completed = new List<TileHash>();
        _frontier.Bind(1, Head.Tree.Append(CollectionsMarshal.AsSpan(_leaves), completed).ToBytes()).Run();
        foreach (var done in completed)
            _tileHash.Bind(1, done.Level).Bind(2, done.Index).Bind(3, done.Hash.ToArray()).Run();
    }

    private KeyUsed? UseOf(RequestKey key)
    {
        if (!_answer.Bind(1, key.Id).Step())
            return null;
        var answer = new KeptAnswer(_answer.Text(0), StreamId.Parse(_answer.Text(1)), _answer.Long(2));
        _answer.Reset();
        return new KeyUsed(answer);
    }

    private Change Begin(Append append)
    {
        var stamp = Head.Next(append, clock);
        var name = append.Stream.ToString();
        if (!_object.Bind(1, name).Step())
            return new Change(this, append, name, stamp, stamp, 0, []);
        var first = new Stamp(_object.Long(0), JournalInstant.FromMicroseconds(_object.Long(2)));
        var change = new Change(this, append, name, stamp, first, _object.Long(1), _object.Blob(3));
        _object.Reset();
        return change;
    }

    // The cells of a license block lie in a few rows: one search for each run of neighbouring keys, not one for each cell.
    private Dictionary<Cell, long> OwnersOfCells(Append append)
    {
        var owners = new Dictionary<Cell, long>();
        uint? from = null;
        var to = 0u;
        foreach (var end in append.Releases)
            Extend(end.Cell.Key);
        foreach (var cell in append.Claims)
            Extend(cell.Key);
        ReadRun();
        return owners;

        void Extend(uint key)
        {
            if (from is not null && key == to + 1)
            {
                to = key;
                return;
            }

            ReadRun();
            from = to = key;
        }

        void ReadRun()
        {
            if (from is not { } first)
                return;
            _owners.Bind(1, first).Bind(2, to);
            while (_owners.Step())
                owners[new Cell((uint)_owners.Long(0))] = _owners.Long(1);
        }
    }

    private void WriteEntry(Change change)
    {
        var written = Head.Write(change.Append, change.Stamp, salts);
        _entry
            .Bind(1, change.Stamp.Sequence)
            .Bind(2, change.Object)
            .Bind(3, change.Append.Version)
            .Bind(4, JournalInstant.ToMicroseconds(change.Stamp.At))
            .Bind(5, written.Canonical)
            .Bind(6, written.Hash)
            .Bind(7, written.Beside)
            .Run();
        foreach (var apart in written.Objects)
            _logObject.Bind(1, apart.Hash).Bind(2, apart.Bytes).Run();
        foreach (var left in change.Append.Erases)
            _erase.Bind(1, left.Sequence).Bind(2, left.Beside).Run();
        _leaves.Add(new TreeHash(written.Hash));
        Head = Head.After(change.Append, change.Stamp, written.Hash);
        if (change.Append.Adopts is { } law)
            _adopt.Bind(1, law).Run();
    }

    private void WriteObject(Change change)
    {
        Span<byte> sheets = new byte[change.Append.Sheets.Count * sizeof(ushort)];
        for (var i = 0; i < change.Append.Sheets.Count; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(sheets[(i * sizeof(ushort))..], (ushort)change.Append.Sheets[i].Number);
        if (change.VersionBefore == 0)
        {
            _register
                .Bind(1, change.Object)
                .Bind(2, change.Append.Version)
                .Bind(3, JournalInstant.ToMicroseconds(change.Stamp.At))
                .Bind(4, change.Name)
                .Bind(5, sheets)
                .Bind(6, change.Append.State)
                .Run();
        }
        else
        {
            _change
                .Bind(1, change.Object)
                .Bind(2, change.Stamp.Sequence)
                .Bind(3, change.Append.Version)
                .Bind(4, JournalInstant.ToMicroseconds(change.Stamp.At))
                .Bind(5, sheets)
                .Bind(6, change.Append.State)
                .Run();
        }

        if (sheets.SequenceEqual(change.SheetsBefore))
            return;
        ForEachSheet(_leave, change.SheetsBefore, change.Object);
        ForEachSheet(_left, change.SheetsBefore, change.Object);
        ForEachSheet(_enter, sheets, change.Object);
    }

    private static void ForEachSheet(Statement statement, ReadOnlySpan<byte> sheets, long id)
    {
        for (; !sheets.IsEmpty; sheets = sheets[sizeof(ushort)..])
            statement.Bind(1, BinaryPrimitives.ReadUInt16LittleEndian(sheets)).Bind(2, id).Run();
    }

    private void WriteClaims(Change change)
    {
        foreach (var end in change.Append.Releases)
        {
            if (end.PassesTo is { } heir)
                _pass.Bind(1, end.Cell.Key).Bind(2, change.IdOf(heir)).Run();
            else
                _release.Bind(1, end.Cell.Key).Run();
        }

        foreach (var cell in change.Append.Claims)
            _claim.Bind(1, cell.Key).Bind(2, change.Object).Run();
    }

    private void WriteDeadlines(Change change, (Deadline Deadline, long Object)[] deadlines)
    {
        if (change.Append.Answers is { } answered && _id.Bind(1, answered.Stream.ToString()).Scalar() is { } id)
            _clear.Bind(1, JournalInstant.ToMicroseconds(answered.At)).Bind(2, id).Bind(3, answered.Kind.ToString()).Run();
        foreach (var (deadline, owner) in deadlines)
            _set.Bind(1, JournalInstant.ToMicroseconds(deadline.At)).Bind(2, owner).Bind(3, deadline.Kind.ToString()).Run();
    }

    private void WriteUndecided(UndecidedChange change)
    {
        if (change.From is { } from)
            _count.Bind(1, from).Bind(2, -1).Run();
        if (change.To is { } to)
            _count.Bind(1, to).Bind(2, 1).Run();
    }

    /// <summary>An append in its place.</summary>
    private sealed record Change(
        SqliteAppends Journal, Append Append, string Name, Stamp Stamp, Stamp First, long VersionBefore, byte[] SheetsBefore)
    {
        public long Object => First.Sequence;

        public long IdOf(StreamId stream) => stream == Append.Stream
            ? Object
            : Journal._id.Bind(1, stream.ToString()).Scalar()
                ?? throw new InvalidOperationException($"{stream} was never registered.");

        public StreamId NameOf(long id)
        {
            if (id == Object)
                return Append.Stream;
            if (!Journal._name.Bind(1, id).Step())
                throw new InvalidOperationException("A claim belongs to an object that is not there; the journal was tampered with.");
            var name = StreamId.Parse(Journal._name.Text(0));
            Journal._name.Reset();
            return name;
        }
    }
}
