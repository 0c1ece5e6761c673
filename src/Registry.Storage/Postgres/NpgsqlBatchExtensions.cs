using Npgsql;

namespace Registry.Storage.Postgres;

/// <summary>Puts statements into a batch.</summary>
internal static class NpgsqlBatchExtensions
{
    /// <summary>Adds a statement.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sql">The statement, a constant.</param>
    /// <param name="parameters">Its parameters, <c>$1</c> first.</param>
    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }
}
