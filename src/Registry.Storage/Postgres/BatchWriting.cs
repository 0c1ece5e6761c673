using Npgsql;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Storage.Postgres;

/// <summary>Writes what a batch changed, one statement for each table, and commits, in one round trip.</summary>
internal static class BatchWriting
{
    /// <summary>The channel on which every commit of entries is told.</summary>
    public const string Channel = "registry_journal";

    /// <summary>Writes and commits.</summary>
    /// <exception cref="NpgsqlException">The storage failed, or refused what was written; the server skips COMMIT then.</exception>
    public static void Run(NpgsqlConnection connection, BatchChanges changes)
    {
        using var batch = new NpgsqlBatch(connection);
        WriteEntries(batch, changes.Entries);
        WriteTree(batch, changes);
        WriteErased(batch, changes.Erased);
        WriteObjects(batch, changes);
        WriteClaims(batch, changes);
        WriteDeadlines(batch, changes);
        WriteUndecided(batch, changes.Undecided);
        WriteAnswers(batch, changes.Answers);
        WriteEpochs(batch, changes.RaisedEpochs);
        if (changes.Sealed is { } instant)
        {
            batch.Add(
                "UPDATE registry.head SET sealed = $1",
                new NpgsqlParameter<long> { TypedValue = JournalInstant.ToMicroseconds(instant) });
        }

        if (changes.Entries.Count > 0)
            batch.Add($"NOTIFY {Channel}");
        batch.Add("COMMIT");
        batch.ExecuteNonQuery();
    }

    private static void WriteEntries(NpgsqlBatch batch, List<NewEntry> entries)
    {
        if (entries.Count == 0)
            return;
        batch.Add(
            """
            INSERT INTO registry.entry (sequence, object, version, at, canonical, hash, beside, objects)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            Column(entries, e => e.Stamp.Sequence),
            Column(entries, e => e.Object),
            Column(entries, e => e.Version),
            Column(entries, e => JournalInstant.ToMicroseconds(e.Stamp.At)),
            Column(entries, e => e.Written.Canonical),
            Column(entries, e => e.Written.Hash),
            Column(entries, e => e.Written.Beside),
            Column(entries, e => e.Written.Objects.SelectMany(apart => apart.Hash).ToArray()));
        var apart = entries.SelectMany(e => e.Written.Objects).ToList();
        if (apart.Count == 0)
            return;
        batch.Add(
            "INSERT INTO registry.log_object (hash, bytes) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
            Column(apart, kept => kept.Hash),
            Column(apart, kept => kept.Bytes));
    }

    private static void WriteTree(NpgsqlBatch batch, BatchChanges changes)
    {
        if (changes.Tree is not { } tree)
            return;
        batch.Add("UPDATE registry.head SET frontier = $1", new NpgsqlParameter<byte[]> { TypedValue = tree.ToBytes() });
        if (changes.Adopted is { } law)
            batch.Add("UPDATE registry.head SET law = $1", new NpgsqlParameter<string> { TypedValue = law });
        if (changes.TileHashes.Count == 0)
            return;
        batch.Add(
            "INSERT INTO registry.tile_hash (level, place, hash) SELECT * FROM unnest($1, $2, $3)",
            Column(changes.TileHashes, done => (short)done.Level),
            Column(changes.TileHashes, done => done.Index),
            Column(changes.TileHashes, done => done.Hash.ToArray()));
    }

    private static void WriteErased(NpgsqlBatch batch, List<LeftBeside> erased)
    {
        if (erased.Count == 0)
            return;
        batch.Add(
            "SELECT registry.erase($1, $2)",
            Column(erased, left => left.Sequence),
            Column(erased, left => left.Beside));
    }

    private static void WriteObjects(NpgsqlBatch batch, BatchChanges changes)
    {
        if (changes.Registered.Count > 0)
        {
            batch.Add(
                """
                INSERT INTO registry.object (id, name, version, first_at, last_sequence, last_at, state)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
                """,
                Column(changes.Registered, o => o.Id),
                Column(changes.Registered, o => o.Stream.ToString()),
                Column(changes.Registered, o => o.Version),
                Column(changes.Registered, o => JournalInstant.ToMicroseconds(o.First.At)),
                Column(changes.Registered, o => o.Last.Sequence),
                Column(changes.Registered, o => JournalInstant.ToMicroseconds(o.Last.At)),
                Column(changes.Registered, o => o.State));
        }

        if (changes.Changed.Count > 0)
        {
            batch.Add(
                """
                UPDATE registry.object o
                SET version = u.version, last_sequence = u.last_sequence, last_at = u.last_at, state = u.state
                FROM unnest($1, $2, $3, $4, $5) AS u (id, version, last_sequence, last_at, state) WHERE o.id = u.id
                """,
                Column(changes.Changed, o => o.Id),
                Column(changes.Changed, o => o.Version),
                Column(changes.Changed, o => o.Last.Sequence),
                Column(changes.Changed, o => JournalInstant.ToMicroseconds(o.Last.At)),
                Column(changes.Changed, o => o.State));
        }

        if (changes.Left.Count > 0)
        {
            batch.Add(
                """
                DELETE FROM registry.object_sheet s
                USING unnest($1, $2) AS u (object, sheet) WHERE s.object = u.object AND s.sheet = u.sheet
                """,
                Column(changes.Left, row => row.Object),
                Column(changes.Left, row => row.Sheet));
            batch.Add(
                "INSERT INTO registry.object_sheet_left (object, sheet) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
                Column(changes.Left, row => row.Object),
                Column(changes.Left, row => row.Sheet));
        }

        if (changes.Entered.Count > 0)
        {
            batch.Add(
                "INSERT INTO registry.object_sheet (object, sheet) SELECT * FROM unnest($1, $2)",
                Column(changes.Entered, row => row.Object),
                Column(changes.Entered, row => row.Sheet));
        }
    }

    private static void WriteClaims(NpgsqlBatch batch, BatchChanges changes)
    {
        if (changes.Released.Count > 0)
            batch.Add("DELETE FROM registry.claim WHERE cell = ANY ($1)", Column(changes.Released, cell => (long)cell.Key));
        if (changes.Passed.Count > 0)
        {
            batch.Add(
                """
                UPDATE registry.claim c SET object = u.object
                FROM unnest($1, $2) AS u (cell, object) WHERE c.cell = u.cell
                """,
                Column(changes.Passed, claim => (long)claim.Key.Key),
                Column(changes.Passed, claim => claim.Value));
        }

        if (changes.Claimed.Count > 0)
        {
            batch.Add(
                "INSERT INTO registry.claim (cell, object) SELECT * FROM unnest($1, $2)",
                Column(changes.Claimed, claim => (long)claim.Key.Key),
                Column(changes.Claimed, claim => claim.Value));
        }
    }

    private static void WriteDeadlines(NpgsqlBatch batch, BatchChanges changes)
    {
        var cleared = changes.ClearedDeadlines.ToList();
        if (cleared.Count > 0)
        {
            batch.Add(
                """
                DELETE FROM registry.deadline d
                USING unnest($1, $2, $3) AS u (at, object, kind) WHERE d.at = u.at AND d.object = u.object AND d.kind = u.kind
                """,
                Column(cleared, d => d.At),
                Column(cleared, d => d.Object),
                Column(cleared, d => d.Kind.ToString()));
        }

        var set = changes.SetDeadlines.ToList();
        if (set.Count > 0)
        {
            batch.Add(
                "INSERT INTO registry.deadline (at, object, kind) SELECT * FROM unnest($1, $2, $3) ON CONFLICT DO NOTHING",
                Column(set, d => d.At),
                Column(set, d => d.Object),
                Column(set, d => d.Kind.ToString()));
        }
    }

    private static void WriteAnswers(NpgsqlBatch batch, List<NewAnswer> answers)
    {
        if (answers.Count == 0)
            return;
        batch.Add(
            "INSERT INTO registry.answer (key, fingerprint, object, version) SELECT * FROM unnest($1, $2, $3, $4)",
            Column(answers, a => a.Key.Id),
            Column(answers, a => a.Key.Fingerprint),
            Column(answers, a => a.Object),
            Column(answers, a => a.Version));
    }

    private static void WriteUndecided(NpgsqlBatch batch, List<KeyValuePair<string, long>> undecided)
    {
        if (undecided.Count == 0)
            return;
        batch.Add(
            """
            INSERT INTO registry.undecided (party, applications) SELECT * FROM unnest($1, $2)
            ON CONFLICT (party) DO UPDATE SET applications = excluded.applications
            """,
            Column(undecided, count => count.Key),
            Column(undecided, count => count.Value));
    }

    private static void WriteEpochs(NpgsqlBatch batch, Dictionary<SheetId, long> epochs)
    {
        if (epochs.Count == 0)
            return;
        batch.Add(
            """
            INSERT INTO registry.epoch (sheet, epoch) SELECT * FROM unnest($1, $2)
            ON CONFLICT (sheet) DO UPDATE SET epoch = excluded.epoch
            """,
            Column(epochs, raised => raised.Key.Number),
            Column(epochs, raised => raised.Value));
    }

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(IEnumerable<TRow> rows, Func<TRow, TValue> value) =>
        new() { TypedValue = [.. rows.Select(value)] };
}
