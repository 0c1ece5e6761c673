using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Sqlite;

/// <summary>What can be asked of the database. Reads run on the caller's thread: SQLite has no other way, and they are short.</summary>
/// <param name="readers">The connections.</param>
internal sealed class SqliteQueries(SqliteReaders readers)
{
    private const int Page = 256;
    private const string ObjectColumns = "o.name, o.version, o.id, o.first_at, o.last_sequence, o.last_at, o.state";

    /// <inheritdoc cref="IJournal.Load"/>
    public StoredObject? Load(StreamId stream) => readers.Rows(
        $"SELECT {ObjectColumns} FROM object o WHERE o.name = ?1", s => s.Bind(1, stream.ToString()), ReadObject).SingleOrDefault();

    /// <inheritdoc cref="IJournal.LoadSheet"/>
    public IEnumerable<StoredObject> LoadSheet(SheetId sheet) => readers.Rows(
        $"SELECT {ObjectColumns} FROM object_sheet s JOIN object o ON o.id = s.object WHERE s.sheet = ?1 ORDER BY s.object",
        s => s.Bind(1, sheet.Number),
        ReadObject);

    /// <inheritdoc cref="IJournal.LoadAll"/>
    /// <remarks>Goes through all objects in their order: a search by name would have to sort what it finds.</remarks>
    public IEnumerable<StoredObject> LoadAll(Collection collection) => readers.Rows(
        $"SELECT {ObjectColumns} FROM object o WHERE +o.name >= ?1 || '/' AND +o.name < ?1 || '0' ORDER BY o.id",
        s => s.Bind(1, StreamId.NameOf(collection)),
        ReadObject);

    /// <inheritdoc cref="IJournal.EpochOf"/>
    public long EpochOf(SheetId sheet) => readers.Rows(
        "SELECT epoch FROM epoch WHERE sheet = ?1", s => s.Bind(1, sheet.Number), s => s.Long(0)).SingleOrDefault();

    /// <inheritdoc cref="IJournal.FindAnswer"/>
    public KeptAnswer? FindAnswer(string keyId) => readers.Rows(
        "SELECT a.fingerprint, o.name, a.version FROM answer a JOIN object o ON o.id = a.object WHERE a.key = ?1",
        s => s.Bind(1, keyId),
        s => new KeptAnswer(s.Text(0), StreamId.Parse(s.Text(1)), s.Long(2))).SingleOrDefault();

    /// <inheritdoc cref="IJournal.History"/>
    public IEnumerable<Entry> History(StreamId stream) => readers.Rows(
        """
        SELECT e.canonical, e.hash, e.beside FROM entry e
        WHERE e.object = (SELECT id FROM object WHERE name = ?1) ORDER BY e.version
        """,
        s => s.Bind(1, stream.ToString()),
        ReadEntry);

    /// <summary>The last entry that is not stamped later than an instant; null while a further one may be.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public long? SettledCut(DateTimeOffset instant) => readers.Rows(
        """
        SELECT coalesce((SELECT sequence FROM entry WHERE at <= ?1 ORDER BY at DESC, sequence DESC LIMIT 1), 0)
        FROM seal WHERE ?1 <= at OR EXISTS (SELECT 1 FROM entry WHERE at > ?1)
        """,
        s => s.Bind(1, JournalInstant.ToMicroseconds(instant)),
        s => (long?)s.Long(0)).SingleOrDefault();

    /// <summary>Whether an entry is stamped at an instant or later, or such an instant is sealed.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public bool HasCome(DateTimeOffset instant) => readers.Rows(
        "SELECT ?1 <= at OR EXISTS (SELECT 1 FROM entry WHERE at >= ?1) FROM seal",
        s => s.Bind(1, JournalInstant.ToMicroseconds(instant)),
        s => s.Long(0) != 0).SingleOrDefault();

    /// <inheritdoc cref="IJournal.Newest"/>
    public long Newest() => readers.Rows("SELECT coalesce(max(sequence), 0) FROM entry", _ => { }, s => s.Long(0)).Single();

    /// <inheritdoc cref="IJournal.SheetHistory"/>
    /// <remarks>Entries never change, so they are read object by object: a slow reader does not hold the write-ahead log back.</remarks>
    public IEnumerable<Entry> SheetHistory(SheetId sheet, long upTo)
    {
        var objects = readers.Rows(
            """
            SELECT object FROM object_sheet WHERE sheet = ?1 AND object <= ?2
            UNION SELECT object FROM object_sheet_left WHERE sheet IN (?1, -1) AND object <= ?2
            ORDER BY object
            """,
            s => s.Bind(1, sheet.Number).Bind(2, upTo),
            s => s.Long(0)).ToList();
        return objects.SelectMany(id => readers.Rows(
            "SELECT canonical, hash, beside FROM entry WHERE object = ?1 AND sequence <= ?2 ORDER BY version",
            s => s.Bind(1, id).Bind(2, upTo),
            ReadEntry).ToList());
    }

    /// <summary>The entries after a sequence, in order, up to the newest at its beginning.</summary>
    /// <remarks>Entries never change, so they are read by the page: a slow reader does not hold the write-ahead log back.</remarks>
    public IEnumerable<Entry> Read(long after)
    {
        var newest = Newest();
        while (after < newest)
        {
            var from = after;
            var page = readers.Rows(
                "SELECT canonical, hash, beside, sequence FROM entry WHERE sequence > ?1 AND sequence <= ?2 ORDER BY sequence LIMIT ?3",
                s => s.Bind(1, from).Bind(2, newest).Bind(3, Page),
                s => (Canonical: s.Blob(0), Hash: s.Blob(1), Beside: s.Blob(2), Sequence: s.Long(3))).ToList();
            foreach (var (canonical, hash, beside, sequence) in page)
            {
                after = sequence;
                yield return Entry.Read(canonical, hash, beside, FindLogObject);
            }

            if (page.Count == 0)
                yield break;
        }
    }

    /// <inheritdoc cref="IPublicLog.Frontier"/>
    public TreeFrontier Frontier() => readers.Rows("SELECT frontier FROM tree", _ => { }, s => TreeFrontier.FromBytes(s.Blob(0))).Single();

    /// <inheritdoc cref="IJournal.LawOfNextAppend"/>
    public string? Law() => readers.Rows("SELECT law FROM tree", _ => { }, s => s.TextOrNull(0)).Single();

    /// <inheritdoc cref="IPublicLog.Checkpoint"/>
    public byte[]? Checkpoint() => readers.Rows("SELECT note FROM checkpoint", _ => { }, s => s.Blob(0)).SingleOrDefault();

    /// <inheritdoc cref="IPublicLog.Hashes"/>
    public byte[] Hashes(int level, long first, int count) => [.. readers.Rows(
        level == 0
            ? "SELECT hash FROM entry WHERE sequence > ?2 AND sequence <= ?2 + ?3 AND ?1 = 0 ORDER BY sequence"
            : "SELECT hash FROM tile_hash WHERE level = ?1 AND place >= ?2 AND place < ?2 + ?3 ORDER BY place",
        s => s.Bind(1, level).Bind(2, first).Bind(3, count),
        s => s.Blob(0)).SelectMany(hash => hash)];

    /// <inheritdoc cref="IPublicLog.Canonical"/>
    public IReadOnlyList<byte[]> Canonical(long first, int count) => readers.Rows(
        "SELECT canonical FROM entry WHERE sequence > ?1 AND sequence <= ?1 + ?2 ORDER BY sequence",
        s => s.Bind(1, first).Bind(2, count),
        s => s.Blob(0)).ToList();

    /// <summary>What was too long for an entry, by its SHA-256; null where there is none.</summary>
    public byte[]? LogObject(byte[] hash) => readers.Rows(
        "SELECT bytes FROM log_object WHERE hash = ?1", s => s.Bind(1, hash), s => s.Blob(0)).SingleOrDefault();

    /// <inheritdoc cref="IJournal.Claims"/>
    public IEnumerable<KeyValuePair<Cell, StreamId>> Claims() => readers.Rows(
        "SELECT c.cell, o.name FROM claim c JOIN object o ON o.id = c.object ORDER BY c.cell",
        _ => { },
        s => KeyValuePair.Create(new Cell((uint)s.Long(0)), StreamId.Parse(s.Text(1))));

    /// <inheritdoc cref="IJournal.DueAt"/>
    public IReadOnlyList<Deadline> DueAt(DateTimeOffset instant, int limit) => readers.Rows(
        """
        SELECT o.name, d.kind, d.at FROM deadline d JOIN object o ON o.id = d.object
        WHERE d.at <= ?1 ORDER BY d.at, d.object, d.kind LIMIT ?2
        """,
        s => s.Bind(1, JournalInstant.ToMicroseconds(instant)).Bind(2, limit),
        ReadDeadline).ToList();

    /// <inheritdoc cref="IJournal.DeadlinesOf"/>
    public IReadOnlyList<Deadline> DeadlinesOf(StreamId stream) => readers.Rows(
        """
        SELECT o.name, d.kind, d.at FROM object o JOIN deadline d ON d.object = o.id
        WHERE o.name = ?1 ORDER BY d.at, d.kind
        """,
        s => s.Bind(1, stream.ToString()),
        ReadDeadline).ToList();

    /// <inheritdoc cref="IKeyring.Find"/>
    public Caller? FindKey(byte[] digest) => readers.Rows(
        "SELECT name, role, party FROM api_key WHERE digest = ?1 AND revoked_at IS NULL", s => s.Bind(1, digest), ReadCaller)
        .SingleOrDefault();

    /// <inheritdoc cref="IKeyring.All"/>
    public IReadOnlyList<IssuedKey> AllKeys() => readers.Rows(
        "SELECT name, role, party, issued_at, revoked_at FROM api_key ORDER BY id DESC",
        _ => { },
        s => new IssuedKey(
            ReadCaller(s),
            JournalInstant.FromMicroseconds(s.Long(3)),
            s.IsNull(4) ? null : JournalInstant.FromMicroseconds(s.Long(4)))).ToList();

    private static StoredObject ReadObject(Statement s) => new(
        StreamId.Parse(s.Text(0)),
        s.Long(1),
        new Stamp(s.Long(2), JournalInstant.FromMicroseconds(s.Long(3))),
        new Stamp(s.Long(4), JournalInstant.FromMicroseconds(s.Long(5))),
        s.Blob(6));

    private Entry ReadEntry(Statement s) => Entry.Read(s.Blob(0), s.Blob(1), s.Blob(2), FindLogObject);

    private byte[]? FindLogObject(string hash) => LogObject(Convert.FromHexString(hash));

    private static Deadline ReadDeadline(Statement s) => new(
        StreamId.Parse(s.Text(0)), Enum.Parse<DeadlineKind>(s.Text(1)), JournalInstant.FromMicroseconds(s.Long(2)));

    private static Caller ReadCaller(Statement s) => new(s.Text(0), Enum.Parse<Role>(s.Text(1)), s.TextOrNull(2));
}
