using Registry.Actors.Journal;

namespace Registry.Storage.Sqlite;

/// <summary>What can be asked of the imports that are kept.</summary>
/// <param name="readers">The connections.</param>
internal sealed class SqliteImportQueries(SqliteReaders readers)
{
    /// <inheritdoc cref="IKeptImports.FindImport"/>
    public KeptImport? Find(string id) => readers.Rows(
        "SELECT id, fingerprint, content, asked, ended_at, is_final, outcome FROM import WHERE id = ?1", s => s.Bind(1, id), Read).SingleOrDefault();

    /// <inheritdoc cref="IKeptImports.LoadPart"/>
    public byte[]? LoadPart(string content, int part) => readers.Rows(
        "SELECT bytes FROM import_part WHERE content = ?1 AND part = ?2", s => s.Bind(1, content).Bind(2, part), s => s.Blob(0)).SingleOrDefault();

    /// <inheritdoc cref="IKeptImports.Unfinished"/>
    public IReadOnlyList<string> Unfinished(int limit) => readers.Rows(
        "SELECT id FROM import WHERE ended_at IS NULL ORDER BY begun_at, id LIMIT ?1", s => s.Bind(1, limit), s => s.Text(0)).ToList();

    private static KeptImport Read(Statement s) => new(
        s.Text(0), s.Text(1), s.Text(2), s.IsNull(3) ? null : s.Blob(3),
        s.IsNull(4) ? null : new ImportEnd(JournalInstant.FromMicroseconds(s.Long(4)), s.Long(5) != 0, s.IsNull(6) ? [] : s.Blob(6)));
}
