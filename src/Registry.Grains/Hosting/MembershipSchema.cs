using Npgsql;

namespace Registry.Grains.Hosting;

/// <summary>
/// What Orleans's ADO.NET clustering expects of PostgreSQL: who is in the cluster, and the statements by which silos agree on it.
/// The provider reads its statements from a table; these are the registry's own, one each, atomic by themselves.
/// </summary>
/// <remarks>
/// The membership protocol asks that the cluster's version and a silo's row change together, and only from the version that the
/// silo read (Orleans documentation, "Cluster management"). Each statement does so in one round trip.
/// </remarks>
public static class MembershipSchema
{
    /// <summary>The schema that keeps the tables, beside the journal's.</summary>
    public const string Name = "orleans";

    // Any number that no other lock of the registry's database uses.
    private const long Lock = 0x0A1E_A115;

    // SiloStatus.Active of Orleans.
    private const int Active = 3;

    private static readonly string[] Tables =
    [
        $"CREATE SCHEMA IF NOT EXISTS {Name}",
        $"""
        CREATE TABLE IF NOT EXISTS {Name}.OrleansQuery (
            QueryKey varchar(64) PRIMARY KEY,
            QueryText text NOT NULL)
        """,
        $"""
        CREATE TABLE IF NOT EXISTS {Name}.OrleansMembershipVersionTable (
            DeploymentId varchar(150) PRIMARY KEY,
            Timestamp timestamptz NOT NULL DEFAULT now(),
            Version integer NOT NULL DEFAULT 0)
        """,
        $"""
        CREATE TABLE IF NOT EXISTS {Name}.OrleansMembershipTable (
            DeploymentId varchar(150) NOT NULL REFERENCES {Name}.OrleansMembershipVersionTable,
            Address varchar(45) NOT NULL,
            Port integer NOT NULL,
            Generation integer NOT NULL,
            SiloName varchar(150) NOT NULL,
            HostName varchar(150) NOT NULL,
            Status integer NOT NULL,
            ProxyPort integer,
            SuspectTimes text,
            StartTime timestamptz NOT NULL,
            IAmAliveTime timestamptz NOT NULL,
            PRIMARY KEY (DeploymentId, Address, Port, Generation))
        """,
    ];

    private const string ThisSilo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    private const string Members = """
        SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort,
               m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
        FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
        """;

    private const string Advance = """
        UPDATE OrleansMembershipVersionTable SET Version = Version + 1, Timestamp = now()
        WHERE DeploymentId = @DeploymentId AND Version = @Version
        """;

    private static readonly Dictionary<string, string> Statements = new()
    {
        ["InsertMembershipVersionKey"] = """
            WITH added AS (
                INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM added)
            """,
        ["InsertMembershipKey"] = $"""
            WITH advanced AS ({Advance} AND NOT EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ThisSilo}) RETURNING 1),
            added AS (
                INSERT INTO OrleansMembershipTable
                    (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
                FROM advanced RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM added)
            """,
        ["UpdateMembershipKey"] = $"""
            WITH advanced AS ({Advance} AND EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {ThisSilo}) RETURNING 1),
            changed AS (
                UPDATE OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
                WHERE {ThisSilo} AND EXISTS (SELECT 1 FROM advanced) RETURNING 1)
            SELECT EXISTS (SELECT 1 FROM changed)
            """,
        ["UpdateIAmAlivetimeKey"] = $"UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE {ThisSilo}",
        ["MembershipReadAllKey"] = $"{Members} WHERE v.DeploymentId = @DeploymentId",
        ["MembershipReadRowKey"] =
            $"{Members} AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation WHERE v.DeploymentId = @DeploymentId",
        ["GatewaysQueryKey"] = """
            SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0
            """,
        ["CleanupDefunctSiloEntriesKey"] = $"""
            DELETE FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> {Active}
            """,
        ["DeleteMembershipTableEntriesKey"] = """
            WITH members AS (DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId)
            DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
            """,
    };

    /// <summary>The connection string by which Orleans finds the tables.</summary>
    public static string ConnectionString(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Name }.ConnectionString;

    /// <summary>What lets a role take part in the cluster, and neither change the tables nor the statements.</summary>
    /// <param name="role">The role's name, as it stands in SQL.</param>
    public static IEnumerable<string> Grants(string role) =>
    [
        $"REVOKE ALL ON ALL TABLES IN SCHEMA {Name} FROM {role}",
        $"REVOKE ALL ON SCHEMA {Name} FROM {role}",
        $"GRANT USAGE ON SCHEMA {Name} TO {role}",
        $"GRANT SELECT ON ALL TABLES IN SCHEMA {Name} TO {role}",
        $"GRANT INSERT, UPDATE, DELETE ON {Name}.OrleansMembershipVersionTable, {Name}.OrleansMembershipTable TO {role}",
    ];

    /// <summary>
    /// Creates what is missing, and brings the statements up to date. Any process may call it, at any time; where nothing is to be done, no
    /// right to change anything is needed.
    /// </summary>
    /// <exception cref="NpgsqlException">The database did not answer, or does not let the registry create its schema.</exception>
    public static async Task Create(string connectionString, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(cancellation);
        if (await IsCurrent(connection, cancellation))
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({Lock})"));
        foreach (var table in Tables)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(table));
        await batch.ExecuteNonQueryAsync(cancellation);
        await using var statements = new NpgsqlBatch(connection, transaction);
        foreach (var (key, text) in Statements)
        {
            statements.BatchCommands.Add(new NpgsqlBatchCommand(
                $"INSERT INTO {Name}.OrleansQuery VALUES ($1, $2) ON CONFLICT (QueryKey) DO UPDATE SET QueryText = EXCLUDED.QueryText")
            {
                Parameters = { new NpgsqlParameter { Value = key }, new NpgsqlParameter { Value = text } },
            });
        }

        await statements.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<bool> IsCurrent(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var tables = new NpgsqlCommand($"SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = '{Name}'", connection);
        if (await tables.ExecuteScalarAsync(cancellation) is not long count || count < Tables.Length - 1)
            return false;
        await using var command = new NpgsqlCommand($"SELECT QueryKey, QueryText FROM {Name}.OrleansQuery", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var known = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation))
            known.Add(reader.GetString(0), reader.GetString(1));
        return Statements.All(statement => known.GetValueOrDefault(statement.Key) == statement.Value);
    }
}
