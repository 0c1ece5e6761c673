using Npgsql;
using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>
/// The imports that are kept. They are written past the journal's one writer, on connections of the pool: a file does not hold up the row
/// that orders filings.
/// </summary>
/// <param name="connections">The connections.</param>
/// <param name="rows">Reads rows.</param>
internal sealed class PostgresImports(PostgresConnections connections, PostgresRows rows)
{
    // For this transaction alone; one that is stricter than "on" is left alone.
    private const string Durably =
        "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') IN ('off', 'local')";

    /// <inheritdoc cref="IKeptImports.KeepPart"/>
    public Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) => Write(
        ("INSERT INTO registry.import_part (content, part, at, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [content, part, JournalInstant.ToMicroseconds(at), bytes]));

    /// <inheritdoc cref="IKeptImports.Accept"/>
    public async Task<KeptImport> Accept(NewImport import)
    {
        await Write(
            ("""
            INSERT INTO registry.import AS kept (id, fingerprint, content, asked, begun_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (id) DO UPDATE
            SET content = excluded.content, asked = excluded.asked, begun_at = excluded.begun_at, ended_at = NULL, outcome = NULL
            WHERE kept.fingerprint = excluded.fingerprint AND kept.ended_at IS NOT NULL AND (NOT kept.is_final OR kept.asked IS NULL)
            """, [import.Id, import.Fingerprint, import.Content, import.Order, JournalInstant.ToMicroseconds(import.At)]),
            ("""
            DELETE FROM registry.import_part
            WHERE content = $2 AND NOT EXISTS (SELECT FROM registry.import WHERE id = $1 AND content = $2)
            """, [import.Id, import.Content]));
        return (await Find(import.Id))!;
    }

    /// <inheritdoc cref="IKeptImports.FindImport"/>
    public async Task<KeptImport?> Find(string id) => !PostgresText.Holds(id) ? null : await rows.All(
        "SELECT id, fingerprint, content, asked, ended_at, is_final, outcome FROM registry.import WHERE id = $1", Read, id).SingleOrDefaultAsync();

    /// <inheritdoc cref="IKeptImports.LoadPart"/>
    public async Task<byte[]?> LoadPart(string content, int part) => await rows.All(
        "SELECT bytes FROM registry.import_part WHERE content = $1 AND part = $2", r => r.GetFieldValue<byte[]>(0), content, part)
        .SingleOrDefaultAsync();

    /// <inheritdoc cref="IKeptImports.BeginRun"/>
    public Task<long?> BeginRun(string id) => Write(
        ("UPDATE registry.import SET run = run + 1 WHERE id = $1 AND ended_at IS NULL RETURNING run", [id]));

    /// <inheritdoc cref="IKeptImports.EndRun"/>
    public Task EndRun(string id, long run, ImportEnd end) => Write(
        ("UPDATE registry.import SET ended_at = $3, is_final = $4, outcome = $5 WHERE id = $1 AND run = $2 AND ended_at IS NULL",
            [id, run, JournalInstant.ToMicroseconds(end.At), end.IsFinal, end.Outcome]),
        ("DELETE FROM registry.import_part WHERE content = (SELECT content FROM registry.import WHERE id = $1 AND ended_at IS NOT NULL)", [id]));

    /// <inheritdoc cref="IKeptImports.Unfinished"/>
    public async Task<IReadOnlyList<string>> Unfinished(int limit) => await rows.All(
        "SELECT id FROM registry.import WHERE ended_at IS NULL ORDER BY begun_at, id LIMIT $1", r => r.GetString(0), limit).ToListAsync();

    /// <inheritdoc cref="IKeptImports.Forget"/>
    public Task Forget(DateTimeOffset before, int most) => Write(
        ("""
        UPDATE registry.import SET asked = NULL, outcome = NULL
        WHERE ended_at IS NOT NULL AND asked IS NOT NULL AND (ended_at < $1 OR id NOT IN (
            SELECT id FROM registry.import WHERE ended_at IS NOT NULL AND asked IS NOT NULL ORDER BY ended_at DESC LIMIT $2))
        """, [JournalInstant.ToMicroseconds(before), most]),
        ("DELETE FROM registry.import_part WHERE at < $1 AND content NOT IN (SELECT content FROM registry.import WHERE ended_at IS NULL)",
            [JournalInstant.ToMicroseconds(before)]));

    private static KeptImport Read(NpgsqlDataReader r) => new(
        r.GetString(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetFieldValue<byte[]>(3),
        r.IsDBNull(4) ? null : new ImportEnd(
            JournalInstant.FromMicroseconds(r.GetInt64(4)), r.GetBoolean(5), r.IsDBNull(6) ? [] : r.GetFieldValue<byte[]>(6)));

    // Each of these may be done twice with the effect of once, so that what an idle connection had lost is simply tried again.
    private async Task<long?> Write(params (string Sql, object[] Parameters)[] statements)
    {
        try
        {
            return await Run(statements);
        }
        catch (NpgsqlException lost) when (lost.IsTransient)
        {
            return await Again(statements);
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    private async Task<long?> Again((string Sql, object[] Parameters)[] statements)
    {
        try
        {
            return await Run(statements);
        }
        catch (Exception fault) when (PostgresConnections.IsFailure(fault))
        {
            throw PostgresConnections.Unavailable(fault);
        }
    }

    // One transaction, which begins with the first statement of the batch and ends with the last.
    private async Task<long?> Run((string Sql, object[] Parameters)[] statements)
    {
        await using var connection = await connections.OpenReader();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(Durably);
        foreach (var (sql, parameters) in statements)
            batch.Add(sql, [.. parameters.Select(value => new NpgsqlParameter { Value = value })]);
        await using var reader = await batch.ExecuteReaderAsync();
        // What a statement returns is of a batch's other results the second: the first is the setting's.
        long? returned = null;
        while (await reader.NextResultAsync())
        {
            if (await reader.ReadAsync())
                returned = reader.GetInt64(0);
        }

        return returned;
    }
}
