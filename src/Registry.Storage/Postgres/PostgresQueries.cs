using Npgsql;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Postgres;

/// <summary>What can be asked of the database.</summary>
/// <param name="rows">Reads rows.</param>
internal sealed class PostgresQueries(PostgresRows rows)
{
    private const int Page = 256;
    private const string EntryColumns =
        """
        e.canonical, e.hash, e.beside, CASE WHEN e.objects = '' THEN NULL ELSE (
            SELECT array_agg(o.bytes) FROM generate_series(0, length(e.objects) / 32 - 1) AS i
            JOIN registry.log_object o ON o.hash = substring(e.objects FROM i * 32 + 1 FOR 32)) END
        """;

    private const string ObjectColumns = "o.name, o.version, o.id, o.first_at, o.last_sequence, o.last_at, o.state";

    /// <inheritdoc cref="IJournal.Load"/>
    public Task<StoredObject?> Load(StreamId stream) => Only(stream.ToString(), name => rows.All(
        $"SELECT {ObjectColumns} FROM registry.object o WHERE o.name = $1", ReadObject, name));

    /// <inheritdoc cref="IJournal.LoadSheet"/>
    public IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet) => rows.All(
        $"""
        SELECT {ObjectColumns} FROM registry.object_sheet s JOIN registry.object o ON o.id = s.object
        WHERE s.sheet = $1 ORDER BY s.object
        """,
        ReadObject,
        sheet.Number);

    /// <inheritdoc cref="IJournal.LoadAll"/>
    public IAsyncEnumerable<StoredObject> LoadAll(Collection collection) => rows.All(
        $"SELECT {ObjectColumns} FROM registry.object o WHERE o.name >= $1 || '/' AND o.name < $1 || '0' ORDER BY o.id",
        ReadObject,
        StreamId.NameOf(collection));

    /// <inheritdoc cref="IJournal.EpochOf"/>
    public async Task<long> EpochOf(SheetId sheet) => await rows.All(
        "SELECT epoch FROM registry.epoch WHERE sheet = $1", r => r.GetInt64(0), sheet.Number).SingleOrDefaultAsync();

    /// <inheritdoc cref="IJournal.FindAnswer"/>
    public Task<KeptAnswer?> FindAnswer(string keyId) => Only(keyId, key => rows.All(
        """
        SELECT a.fingerprint, o.name, a.version
        FROM registry.answer a JOIN registry.object o ON o.id = a.object WHERE a.key = $1
        """,
        r => new KeptAnswer(r.GetString(0), StreamId.Parse(r.GetString(1)), r.GetInt64(2)),
        key));

    /// <inheritdoc cref="IJournal.History"/>
    public IAsyncEnumerable<Entry> History(StreamId stream) => Where(stream.ToString(), name => rows.All(
        $"""
        SELECT {EntryColumns} FROM registry.entry e
        WHERE e.object = (SELECT o.id FROM registry.object o WHERE o.name = $1) ORDER BY e.version
        """,
        ReadEntry,
        name));

    /// <summary>The last entry that is not stamped later than an instant; null while a further one may be.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public async Task<long?> SettledCut(DateTimeOffset instant) => await rows.All(
        """
        SELECT coalesce((SELECT sequence FROM registry.entry WHERE at <= $1 ORDER BY at DESC, sequence DESC LIMIT 1), 0)
        FROM registry.head WHERE $1 <= sealed OR EXISTS (SELECT FROM registry.entry WHERE at > $1)
        """,
        r => (long?)r.GetInt64(0),
        JournalInstant.ToMicroseconds(instant)).SingleOrDefaultAsync();

    /// <summary>Whether an entry is stamped at an instant or later, or such an instant is sealed.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public async Task<bool> HasCome(DateTimeOffset instant) => await rows.All(
        "SELECT $1 <= sealed OR EXISTS (SELECT FROM registry.entry WHERE at >= $1) FROM registry.head",
        r => r.GetBoolean(0),
        JournalInstant.ToMicroseconds(instant)).SingleAsync();

    /// <inheritdoc cref="IJournal.Newest"/>
    public async Task<long> Newest() =>
        await rows.All("SELECT coalesce(max(sequence), 0) FROM registry.entry", r => r.GetInt64(0)).SingleAsync();

    /// <inheritdoc cref="IJournal.SheetHistory"/>
    /// <remarks>Entries never change, so they are read by the page: a slow reader holds neither a connection nor a snapshot.</remarks>
    public async IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo)
    {
        var objects = await rows.All(
            """
            SELECT object FROM registry.object_sheet WHERE sheet = $1 AND object <= $2
            UNION SELECT object FROM registry.object_sheet_left WHERE sheet IN ($1, -1) AND object <= $2
            ORDER BY object
            """,
            r => r.GetInt64(0),
            sheet.Number,
            upTo).ToArrayAsync();
        foreach (var some in objects.Chunk(Page))
        {
            var page = await rows.All(
                $"""
                SELECT {EntryColumns} FROM registry.entry e
                WHERE e.object = ANY ($1) AND e.sequence <= $2 ORDER BY e.object, e.version
                """,
                ReadEntry,
                some,
                upTo).ToListAsync();
            foreach (var entry in page)
                yield return entry;
        }
    }

    /// <summary>The entries after a sequence, in order, up to the newest at its beginning.</summary>
    /// <remarks>Entries never change, so they are read by the page: a slow reader holds neither a connection nor a snapshot.</remarks>
    public async IAsyncEnumerable<Entry> Read(long after)
    {
        var newest = await Newest();
        while (after < newest)
        {
            var page = await rows.All(
                $"""
                SELECT {EntryColumns}, e.sequence FROM registry.entry e
                WHERE e.sequence > $1 AND e.sequence <= $2 ORDER BY e.sequence LIMIT $3
                """,
                r => (Stored: ReadStored(r), Sequence: r.GetInt64(4)),
                after,
                newest,
                Page).ToListAsync();
            foreach (var (stored, sequence) in page)
            {
                after = sequence;
                yield return stored.ToEntry();
            }

            if (page.Count == 0)
                yield break;
        }
    }

    /// <inheritdoc cref="IPublicLog.Frontier"/>
    public async Task<TreeFrontier> Frontier() => await rows.All(
        "SELECT frontier FROM registry.head", r => TreeFrontier.FromBytes(r.GetFieldValue<byte[]>(0))).SingleAsync();

    /// <inheritdoc cref="IJournal.LawOfNextAppend"/>
    public async Task<string?> Law() => await rows.All("SELECT law FROM registry.head", r => r.IsDBNull(0) ? null : r.GetString(0)).SingleAsync();

    /// <inheritdoc cref="IPublicLog.Checkpoint"/>
    public async Task<byte[]?> Checkpoint() =>
        await rows.All("SELECT note FROM registry.checkpoint", r => r.GetFieldValue<byte[]>(0)).SingleOrDefaultAsync();

    /// <inheritdoc cref="IPublicLog.KeepCheckpoint"/>
    public async Task KeepCheckpoint(byte[] note) => await rows.All(
        "INSERT INTO registry.checkpoint (note) VALUES ($1) ON CONFLICT (one) DO UPDATE SET note = excluded.note RETURNING true",
        r => r.GetBoolean(0), note).ToListAsync();

    /// <inheritdoc cref="IPublicLog.Hashes"/>
    public async Task<byte[]> Hashes(int level, long first, int count)
    {
        var hashes = level == 0
            ? rows.All(
                "SELECT hash FROM registry.entry WHERE sequence > $1 AND sequence <= $1 + $2 ORDER BY sequence",
                r => r.GetFieldValue<byte[]>(0), first, (long)count)
            : rows.All(
                "SELECT hash FROM registry.tile_hash WHERE level = $3 AND place >= $1 AND place < $1 + $2 ORDER BY place",
                r => r.GetFieldValue<byte[]>(0), first, (long)count, (short)level);
        return [.. (await hashes.ToListAsync()).SelectMany(hash => hash)];
    }

    /// <inheritdoc cref="IPublicLog.Canonical"/>
    public async Task<IReadOnlyList<byte[]>> Canonical(long first, int count) => await rows.All(
        "SELECT canonical FROM registry.entry WHERE sequence > $1 AND sequence <= $1 + $2 ORDER BY sequence",
        r => r.GetFieldValue<byte[]>(0), first, (long)count).ToListAsync();

    /// <inheritdoc cref="IPublicLog.Object"/>
    public async Task<byte[]?> LogObject(byte[] hash) => await rows.All(
        "SELECT bytes FROM registry.log_object WHERE hash = $1", r => r.GetFieldValue<byte[]>(0), hash).SingleOrDefaultAsync();

    /// <inheritdoc cref="IJournal.Claims"/>
    public IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims() => rows.All(
        "SELECT c.cell, o.name FROM registry.claim c JOIN registry.object o ON o.id = c.object ORDER BY c.cell",
        r => KeyValuePair.Create(new Cell((uint)r.GetInt64(0)), StreamId.Parse(r.GetString(1))));

    /// <inheritdoc cref="IJournal.DueAt"/>
    public async Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit) => await rows.All(
        """
        SELECT o.name, d.kind, d.at FROM registry.deadline d JOIN registry.object o ON o.id = d.object
        WHERE d.at <= $1 ORDER BY d.at, d.object, d.kind LIMIT $2
        """,
        ReadDeadline,
        JournalInstant.ToMicroseconds(instant),
        limit).ToListAsync();

    /// <inheritdoc cref="IJournal.DeadlinesOf"/>
    public async Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream) => await Where(stream.ToString(), name => rows.All(
        """
        SELECT o.name, d.kind, d.at FROM registry.object o JOIN registry.deadline d ON d.object = o.id
        WHERE o.name = $1 ORDER BY d.at, d.kind
        """,
        ReadDeadline,
        name)).ToListAsync();

    /// <inheritdoc cref="IKeyring.Find"/>
    public async Task<Caller?> FindKey(byte[] digest) => await rows.All(
        "SELECT name, role, party FROM registry.api_key WHERE digest = $1 AND revoked_at IS NULL", ReadCaller, digest)
        .SingleOrDefaultAsync();

    /// <inheritdoc cref="IKeyring.All"/>
    public async Task<IReadOnlyList<IssuedKey>> AllKeys() => await rows.All(
        "SELECT name, role, party, issued_at, revoked_at FROM registry.api_key ORDER BY id DESC",
        r => new IssuedKey(
            ReadCaller(r),
            JournalInstant.FromMicroseconds(r.GetInt64(3)),
            r.IsDBNull(4) ? null : JournalInstant.FromMicroseconds(r.GetInt64(4)))).ToListAsync();

    private static IAsyncEnumerable<T> Where<T>(string name, Func<string, IAsyncEnumerable<T>> query) =>
        PostgresText.Holds(name) ? query(name) : AsyncEnumerable.Empty<T>();

    private static async Task<T?> Only<T>(string name, Func<string, IAsyncEnumerable<T>> query)
        where T : class => await Where(name, query).SingleOrDefaultAsync();

    private static StoredObject ReadObject(NpgsqlDataReader r) => new(
        StreamId.Parse(r.GetString(0)),
        r.GetInt64(1),
        new Stamp(r.GetInt64(2), JournalInstant.FromMicroseconds(r.GetInt64(3))),
        new Stamp(r.GetInt64(4), JournalInstant.FromMicroseconds(r.GetInt64(5))),
        r.GetFieldValue<byte[]>(6));

    private static Entry ReadEntry(NpgsqlDataReader r) => ReadStored(r).ToEntry();

    private static StoredEntry ReadStored(NpgsqlDataReader r) => new(
        r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<byte[]>(2), r.IsDBNull(3) ? [] : r.GetFieldValue<byte[][]>(3));

    private static Deadline ReadDeadline(NpgsqlDataReader r) => new(
        StreamId.Parse(r.GetString(0)), Enum.Parse<DeadlineKind>(r.GetString(1)), JournalInstant.FromMicroseconds(r.GetInt64(2)));

    private static Caller ReadCaller(NpgsqlDataReader r) =>
        new(r.GetString(0), Enum.Parse<Role>(r.GetString(1)), r.IsDBNull(2) ? null : r.GetString(2));

    /// <summary>An entry as its row has it.</summary>
    private sealed record StoredEntry(byte[] Canonical, byte[] Hash, byte[] Beside, byte[][] Objects)
    {
        public Entry ToEntry() => Entry.Read(
            Canonical, Hash, Beside, hash => Array.Find(Objects, bytes => Convert.ToHexStringLower(Actors.Journal.LogObject.Of(bytes).Hash) == hash));
    }
}
