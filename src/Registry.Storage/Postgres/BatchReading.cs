using System.Globalization;
using Npgsql;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Log.Tree;

namespace Registry.Storage.Postgres;

/// <summary>
/// Begins the transaction of a batch and reads what its pieces look at, in one round trip. The first statement after BEGIN locks
/// the head row; each statement after it sees everything that whoever held the lock before has committed, for at READ COMMITTED
/// a statement sees what was committed before that statement began.
/// </summary>
internal static class BatchReading
{
    private static readonly TimeSpan s_mostClockDifference = TimeSpan.FromSeconds(1);

    /// <summary>Begins and reads. It waits for the lock.</summary>
    /// <exception cref="JournalUnavailableException">
    /// The head row is not there, and so nothing could be locked; or the process has another time than the database.
    /// </exception>
    /// <exception cref="NpgsqlException">The storage failed, or another process does not let go of the head row.</exception>
    public static BatchTables Run(NpgsqlConnection connection, BatchNeeds needs, TimeProvider clock, ISalts salts, TimeProvider wall)
    {
        using var batch = new NpgsqlBatch(connection);
        batch.Add("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        batch.Add("SELECT sealed, frontier, law FROM registry.head FOR UPDATE");
        batch.Add("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
        batch.Add("SELECT sequence, at, hash FROM registry.entry ORDER BY sequence DESC LIMIT 1");
        batch.Add(
            """
            SELECT a.key, a.fingerprint, o.name, a.version
            FROM registry.answer a JOIN registry.object o ON o.id = a.object WHERE a.key = ANY ($1)
            """,
            new NpgsqlParameter<string[]> { TypedValue = [.. needs.Keys] });
        batch.Add(
            "SELECT sheet, epoch FROM registry.epoch WHERE sheet = ANY ($1)",
            new NpgsqlParameter<int[]> { TypedValue = [.. needs.Sheets] });
        batch.Add(
            """
            SELECT o.name, o.id, o.first_at, o.version,
                   ARRAY (SELECT s.sheet FROM registry.object_sheet s WHERE s.object = o.id)
            FROM registry.object o WHERE o.name = ANY ($1)
            """,
            new NpgsqlParameter<string[]> { TypedValue = [.. needs.Names] });
        batch.Add(
            """
            SELECT c.cell, c.object, o.name
            FROM registry.claim c LEFT JOIN registry.object o ON o.id = c.object WHERE c.cell = ANY ($1)
            """,
            new NpgsqlParameter<long[]> { TypedValue = [.. needs.Cells] });
        batch.Add(
            "SELECT party, applications FROM registry.undecided WHERE party = ANY ($1)",
            new NpgsqlParameter<string[]> { TypedValue = [.. needs.Parties] });

        var asked = wall.GetUtcNow();
        using var reader = batch.ExecuteReader();
        if (!reader.Read())
            throw new JournalUnavailableException("The journal's database has lost the row that orders its writers.");
        var before = Head.None.Seal(JournalInstant.FromMicroseconds(reader.GetInt64(0))) with
        {
            Tree = TreeFrontier.FromBytes(reader.GetFieldValue<byte[]>(1)),
            Law = reader.IsDBNull(2) ? null : reader.GetString(2),
        };
        reader.NextResult();
        reader.Read();
        RefuseUnlessClose(JournalInstant.FromMicroseconds(reader.GetInt64(0)), asked, wall.GetUtcNow());
        reader.NextResult();
        var tables = new BatchTables((reader.Read() ? ReadHead(reader, before) : before).Checked(), clock, salts);
        ReadAll(reader, row => tables.Read(
            row.GetString(0), new KeptAnswer(row.GetString(1), StreamId.Parse(row.GetString(2)), row.GetInt64(3))));
        ReadAll(reader, row => tables.Read(SheetId.FromNumber(row.GetInt32(0)), row.GetInt64(1)));
        ReadAll(reader, row => tables.Read(ReadObject(row)));
        ReadAll(reader, row => tables.Read(
            new Cell((uint)row.GetInt64(0)), row.GetInt64(1), row.IsDBNull(2) ? null : StreamId.Parse(row.GetString(2))));
        ReadAll(reader, row => tables.Read(row.GetString(0), row.GetInt64(1)));
        return tables;
    }

    // Entries are stamped by the process: a clock that leaps would date them wrong, and every later one with them.
    private static void RefuseUnlessClose(DateTimeOffset database, DateTimeOffset asked, DateTimeOffset answered)
    {
        if (database < asked - s_mostClockDifference || database > answered + s_mostClockDifference)
        {
            throw new JournalUnavailableException(string.Create(
                CultureInfo.InvariantCulture, $"The clock of this process is more than a second off its database's: here it is {answered:O}, there {database:O}. Nothing is written."));
        }
    }

    private static void ReadAll(NpgsqlDataReader reader, Action<NpgsqlDataReader> take)
    {
        reader.NextResult();
        while (reader.Read())
            take(reader);
    }

    private static Head ReadHead(NpgsqlDataReader row, Head before) => before with
    {
        Stamp = new Stamp(row.GetInt64(0), JournalInstant.FromMicroseconds(row.GetInt64(1))),
        Hash = row.GetFieldValue<byte[]>(2),
    };

    private static BatchObject ReadObject(NpgsqlDataReader row) => new(
        StreamId.Parse(row.GetString(0)),
        new Stamp(row.GetInt64(1), JournalInstant.FromMicroseconds(row.GetInt64(2))),
        row.GetInt64(3),
        row.GetFieldValue<int[]>(4));
}
