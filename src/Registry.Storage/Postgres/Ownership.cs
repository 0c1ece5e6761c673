using Npgsql;

namespace Registry.Storage.Postgres;

/// <summary>Whose the tables are: never the role's that serves, which could then change what was entered, whatever rights it is given.</summary>
public static class Ownership
{
    /// <summary>
    /// Takes tables, schemas and the database over from the role that serves. Until there were two roles, that was the role that had made
    /// them, and it is one still where a release without a migrating role began. What belongs to another role is left alone.
    /// </summary>
    /// <param name="owner">The connection string of the role that shall own them.</param>
    /// <param name="serving">The connection string by which processes serve.</param>
    /// <param name="schemas">The schemas of the tables; those that there are not yet are passed over.</param>
    /// <exception cref="ArgumentException">The role that serves keeps them: the other may not take them over, or it has that role's rights.</exception>
    /// <exception cref="NpgsqlException">The database did not answer.</exception>
    public static async Task Take(string owner, string serving, params string[] schemas)
    {
        var role = new NpgsqlConnectionStringBuilder(serving).Username ?? "";
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        try
        {
            foreach (var change in await Changes(connection, role, schemas))
            {
#pragma warning disable CA2100 // The database wrote the statement itself, with its names quoted.
                await using var command = new NpgsqlCommand(change, connection);
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync();
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new ArgumentException(
                $"The role that serves, {role}, owns the tables, and the role that migrates may not take them over. Say, as a superuser: REASSIGN OWNED BY \"{role}\" TO \"{new NpgsqlConnectionStringBuilder(owner).Username}\".",
                nameof(serving), fault);
        }

        if (await HasRightsOfOwner(connection, role))
            throw new ArgumentException($"The role that serves, {role}, is a superuser or a member of the role that migrates: it could change what was entered.", nameof(serving));
        await transaction.CommitAsync();
    }

    private static async Task<List<string>> Changes(NpgsqlConnection connection, string role, string[] schemas)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT format('ALTER TABLE %I.%I OWNER TO CURRENT_USER', s.nspname, t.relname)
            FROM pg_catalog.pg_class t JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace
            WHERE s.nspname = ANY ($2) AND t.relkind IN ('r', 'p') AND pg_catalog.pg_get_userbyid(t.relowner) = $1
            UNION ALL
            SELECT format('ALTER SCHEMA %I OWNER TO CURRENT_USER', nspname)
            FROM pg_catalog.pg_namespace WHERE nspname = ANY ($2) AND pg_catalog.pg_get_userbyid(nspowner) = $1
            UNION ALL
            SELECT format('ALTER DATABASE %I OWNER TO CURRENT_USER', datname)
            FROM pg_catalog.pg_database WHERE datname = current_database() AND pg_catalog.pg_get_userbyid(datdba) = $1
            """, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = role }, new NpgsqlParameter<string[]> { TypedValue = schemas } },
        };
        var changes = new List<string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            changes.Add(rows.GetString(0));
        return changes;
    }

    private static async Task<bool> HasRightsOfOwner(NpgsqlConnection connection, string role)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1 AND (rolsuper OR pg_catalog.pg_has_role(oid, CURRENT_USER::regrole, 'MEMBER')))", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = role } },
        };
        return await command.ExecuteScalarAsync() is true;
    }
}
