using Registry.Actors.Journal;

namespace Registry.Storage.Sqlite;

/// <summary>Changes what is kept of imports in a transaction of the writer.</summary>
/// <param name="prepare">Prepares a statement on the writer's connection.</param>
internal sealed class SqliteImports(Func<string, Statement> prepare)
{
    private readonly Statement _keep = prepare("INSERT OR IGNORE INTO import_part (content, part, at, bytes) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _accept = prepare(
        """
        INSERT INTO import (id, fingerprint, content, asked, begun_at) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (id) DO UPDATE
        SET content = excluded.content, asked = excluded.asked, begun_at = excluded.begun_at, ended_at = NULL, outcome = NULL
        WHERE fingerprint = excluded.fingerprint AND ended_at IS NOT NULL AND (NOT is_final OR asked IS NULL)
        """);

    private readonly Statement _dropUnlessAccepted = prepare(
        "DELETE FROM import_part WHERE content = ?2 AND NOT EXISTS (SELECT 1 FROM import WHERE id = ?1 AND content = ?2)");

    private readonly Statement _begin = prepare("UPDATE import SET run = run + 1 WHERE id = ?1 AND ended_at IS NULL RETURNING run");

    private readonly Statement _end = prepare(
        "UPDATE import SET ended_at = ?3, is_final = ?4, outcome = ?5 WHERE id = ?1 AND run = ?2 AND ended_at IS NULL");

    private readonly Statement _dropEnded = prepare(
        "DELETE FROM import_part WHERE content = (SELECT content FROM import WHERE id = ?1 AND ended_at IS NOT NULL)");

    private readonly Statement _forget = prepare(
        """
        UPDATE import SET asked = NULL, outcome = NULL
        WHERE ended_at IS NOT NULL AND asked IS NOT NULL AND (ended_at < ?1 OR id NOT IN (
            SELECT id FROM import WHERE ended_at IS NOT NULL AND asked IS NOT NULL ORDER BY ended_at DESC LIMIT ?2))
        """);

    private readonly Statement _dropLeft = prepare(
        "DELETE FROM import_part WHERE at < ?1 AND content NOT IN (SELECT content FROM import WHERE ended_at IS NULL)");

    /// <inheritdoc cref="IKeptImports.KeepPart"/>
    public void KeepPart(string content, int part, byte[] bytes, DateTimeOffset at) =>
        _keep.Bind(1, content).Bind(2, part).Bind(3, JournalInstant.ToMicroseconds(at)).Bind(4, bytes).Run();

    /// <inheritdoc cref="IKeptImports.Accept"/>
    public void Accept(NewImport import)
    {
        _accept.Bind(1, import.Id).Bind(2, import.Fingerprint).Bind(3, import.Content).Bind(4, import.Order)
            .Bind(5, JournalInstant.ToMicroseconds(import.At)).Run();
        _dropUnlessAccepted.Bind(1, import.Id).Bind(2, import.Content).Run();
    }

    /// <inheritdoc cref="IKeptImports.BeginRun"/>
    public long? BeginRun(string id) => _begin.Bind(1, id).Scalar();

    /// <inheritdoc cref="IKeptImports.EndRun"/>
    public void EndRun(string id, long run, ImportEnd end)
    {
        _end.Bind(1, id).Bind(2, run).Bind(3, JournalInstant.ToMicroseconds(end.At)).Bind(4, end.IsFinal ? 1 : 0).Bind(5, end.Outcome).Run();
        _dropEnded.Bind(1, id).Run();
    }

    /// <inheritdoc cref="IKeptImports.Forget"/>
    public void Forget(DateTimeOffset before, int most)
    {
        _forget.Bind(1, JournalInstant.ToMicroseconds(before)).Bind(2, most).Run();
        _dropLeft.Bind(1, JournalInstant.ToMicroseconds(before)).Run();
    }
}
