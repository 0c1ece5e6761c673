using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Registry.Storage.Postgres;

/// <summary>
/// The role by which silos and gateways use a database whose tables belong to another role, which migrates them. It reads everything, appends
/// entries, and can neither change nor delete one, whoever has taken its process over; only what lies beside entries can be erased by it.
/// </summary>
public static class ServingRole
{
    private const int ScramRounds = 4096;

    // What the journal does with each table, and no more. An answer is kept for ever; of a key only its end is written.
    private static readonly (string Table, string Rights)[] s_rights =
    [
        ("head", "UPDATE"),
        ("entry", "INSERT"),
        ("log_object", "INSERT"),
        ("tile_hash", "INSERT"),
        ("checkpoint", "INSERT, UPDATE"),
        ("object", "INSERT, UPDATE"),
        ("object_sheet", "INSERT, DELETE"),
        ("object_sheet_left", "INSERT"),
        ("claim", "INSERT, UPDATE, DELETE"),
        ("epoch", "INSERT, UPDATE"),
        ("answer", "INSERT"),
        ("deadline", "INSERT, DELETE"),
        ("api_key", "INSERT, UPDATE (revoked_at)"),
        ("import", "INSERT, UPDATE"),
        ("import_part", "INSERT, DELETE"),
        ("secret", "INSERT"),
        ("undecided", "INSERT, UPDATE"),
    ];

    /// <summary>
    /// Gives the role of a connection string what it needs of the journal's tables, and takes from it whatever else it had of them. Makes the
    /// role, with the password of the connection string, where there is none and the owner may.
    /// </summary>
    /// <param name="owner">The connection string of the role that owns the tables, which are there.</param>
    /// <param name="serving">The connection string by which processes serve.</param>
    /// <param name="more">Further statements, given the role's name as it stands in SQL: for tables beside the journal's.</param>
    /// <exception cref="ArgumentException">The two are the same role, or the serving one has no name.</exception>
    /// <exception cref="NpgsqlException">The database did not answer, or does not let the owner.</exception>
    public static async Task Grant(string owner, string serving, Func<string, IEnumerable<string>> more)
    {
        var given = new NpgsqlConnectionStringBuilder(serving);
        if (string.IsNullOrEmpty(given.Username) || given.Username == new NpgsqlConnectionStringBuilder(owner).Username)
            throw new ArgumentException("The role that serves has to be another than the one that owns the tables.", nameof(serving));
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var role = Quoted(given.Username);
        if (!await IsThere(connection, given.Username))
            await Run(connection, $"CREATE ROLE {role} LOGIN{(given.Password is { Length: > 0 } password ? $" PASSWORD '{Verifier(password)}'" : "")}");
        await Run(connection, $"REVOKE ALL ON ALL TABLES IN SCHEMA registry FROM {role}");
        await Run(connection, $"REVOKE ALL ON SCHEMA registry FROM {role}");
        await Run(connection, $"GRANT USAGE ON SCHEMA registry TO {role}");
        await Run(connection, $"GRANT SELECT ON ALL TABLES IN SCHEMA registry TO {role}");
        foreach (var (table, rights) in s_rights)
            await Run(connection, $"GRANT {rights} ON registry.{table} TO {role}");
        await Run(connection, $"GRANT EXECUTE ON FUNCTION registry.erase TO {role}");
        foreach (var statement in more(role))
            await Run(connection, statement);
        await transaction.CommitAsync();
    }

    private static async Task<bool> IsThere(NpgsqlConnection connection, string role)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = role } },
        };
        return await command.ExecuteScalarAsync() is true;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Rights take no parameters; the role's name is quoted, the rest are constants.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // As PostgreSQL stores a password (SCRAM-SHA-256, RFC 5802): the server, whose log may hold every statement, never sees the password.
    private static string Verifier(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, ScramRounds, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        var stored = SHA256.HashData(HMACSHA256.HashData(salted, "Client Key"u8));
        var server = HMACSHA256.HashData(salted, "Server Key"u8);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SCRAM-SHA-256${ScramRounds}:{Convert.ToBase64String(salt)}${Convert.ToBase64String(stored)}:{Convert.ToBase64String(server)}");
    }
}
