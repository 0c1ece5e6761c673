using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Registry.Actors.Journal;

namespace Registry.Storage.Sqlite;

/// <summary>
/// The connections that read. Each read has one to itself; a statement sees everything that was committed before it began, and
/// nothing later until it ends.
/// </summary>
internal sealed class SqliteReaders(SqliteDatabase database) : IDisposable
{
    private const int MostIdle = 8;

    // The last one given back is the next one taken: its page cache is warm.
    private readonly ConcurrentStack<SqliteReader> _idle = [];
    private volatile bool _closed;

    /// <summary>Reads rows as they are asked for. The connection is given back when the reading ends.</summary>
    /// <param name="sql">The query, a constant.</param>
    /// <param name="bind">Gives the query its parameters.</param>
    /// <param name="row">Reads the row on which the statement stands.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public IEnumerable<T> Rows<T>(string sql, Action<Statement> bind, Func<Statement, T> row)
    {
        var reader = Rent();
        Statement? statement = null;
        try
        {
            statement = reader.Prepared(sql);
            bind(statement);
            while (statement.Step())
                yield return row(statement);
        }
        finally
        {
            statement?.Reset();
            Return(reader);
        }
    }

    /// <summary>Closes the connections that are idle; the others close when their reads end.</summary>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryPop(out var reader))
            reader.Dispose();
    }

    private SqliteReader Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteJournal));
        if (_idle.TryPop(out var reader))
            return reader;
        try
        {
            return new SqliteReader(database.OpenReader());
        }
        catch (SqliteException fault)
        {
            throw new JournalUnavailableException("The journal's database could not be opened.", fault);
        }
    }

    private void Return(SqliteReader reader)
    {
        if (_idle.Count < MostIdle)
            _idle.Push(reader);
        else
            reader.Dispose();
        if (_closed)
            Dispose();
    }

    private sealed class SqliteReader(SqliteConnection connection) : IDisposable
    {
        private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

        public Statement Prepared(string sql)
        {
            if (!_statements.TryGetValue(sql, out var statement))
                _statements.Add(sql, statement = new Statement(connection, sql));
            return statement;
        }

        public void Dispose()
        {
            foreach (var statement in _statements.Values)
                statement.Dispose();
            connection.Dispose();
        }
    }
}
