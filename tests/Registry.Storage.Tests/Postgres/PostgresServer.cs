using System.Diagnostics;
using Npgsql;

namespace Registry.Storage.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own, in a directory that is removed with it. It is reached by a socket in that directory, so
/// that it needs no port.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const int OldestVersion = 15;
    private const string Superuser = "postgres";

    private static readonly string? Binaries = FindBinaries();

    // A path of a socket may have 107 bytes: it lies near the root.
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"registry-pg-{Path.GetRandomFileName()}");

    /// <summary>Why there is no server here; null when there is one.</summary>
    public static string? WhyNot { get; } = Binaries is not null
        ? null
        : $"There is no PostgreSQL {OldestVersion} or newer in /usr/lib/postgresql nor in REGISTRY_POSTGRES_BIN.";

    /// <summary>Why the server has no extension of a name; null when it has it.</summary>
    public static string? WhyNotExtension(string name)
    {
        // Debian has the programs of version 15 in /usr/lib/postgresql/15/bin, and what they share in /usr/share/postgresql/15.
        var version = Path.GetFileName(Path.GetDirectoryName(Binaries));
        var control = $"/usr/share/postgresql/{version}/extension/{name}.control";
        return File.Exists(control) ? null : $"PostgreSQL has no extension {name}: there is no {control}.";
    }

    private PostgresServer()
    {
    }

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresServer> StartNew()
    {
        var server = new PostgresServer();
        await Run("initdb", "-D", server._directory, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        await File.AppendAllTextAsync(
            Path.Combine(server._directory, "postgresql.conf"),
            $"""

            listen_addresses = ''
            unix_socket_directories = '{server._directory}'
            max_connections = 200
            """);
        await server.Start();
        return server;
    }

    /// <summary>Stops it and removes its directory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(_directory, "postmaster.pid")))
            await Stop();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Starts it, and ends when it accepts connections.</summary>
    public Task Start() => Control("start");

    /// <summary>Ends every process of it at once, as a crash does.</summary>
    public Task Stop() => Control("stop", "-m", "immediate");

    /// <summary>Ends every process of it at once, as a crash does, and starts it; it recovers from its log.</summary>
    public Task Restart() => Control("restart", "-m", "immediate");

    /// <summary>Has it listen on an address too, port 5432, and starts it again.</summary>
    /// <param name="address">An address of this machine.</param>
    /// <param name="client">The one address from which it takes connections there, without a password.</param>
    public async Task ListenOn(string address, string client)
    {
        await File.AppendAllTextAsync(
            Path.Combine(_directory, "postgresql.conf"), $"{Environment.NewLine}listen_addresses = '{address}'{Environment.NewLine}");
        await File.AppendAllTextAsync(
            Path.Combine(_directory, "pg_hba.conf"), $"{Environment.NewLine}host all all {client}/32 trust{Environment.NewLine}");
        await Restart();
    }

    /// <summary>A database without a journal in it.</summary>
    /// <remarks>A database for each test would make every restart slow: the server then syncs each file of each.</remarks>
    /// <param name="name">Its name; it is made when it is not there.</param>
    /// <returns>How it is reached.</returns>
    public async Task<string> EmptyDatabase(string name = "registry")
    {
        if (await ExecuteBeside($"SELECT 1 FROM pg_database WHERE datname = '{name}'") is null)
            await ExecuteBeside($"CREATE DATABASE {name}");
        await Execute(To(name), "DROP SCHEMA IF EXISTS registry CASCADE");
        return To(name);
    }

    /// <summary>How the database is reached by the role that serves, once that has its rights.</summary>
    public static string AsServing(string owner) =>
        new NpgsqlConnectionStringBuilder(owner) { Username = "registry_serving", Password = "of the serving role" }.ConnectionString;

    /// <summary>Runs a statement on a connection of its own.</summary>
    public static async Task<object?> Execute(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs a statement in another database.</summary>
    public Task<object?> ExecuteBeside(string sql) => Execute(To("postgres"), sql);

    private string To(string database) => $"Host={_directory};Username={Superuser};Database={database}";

    private Task Control(string what, params string[] more) =>
        Run("pg_ctl", [what, "-w", "-t", "120", "-D", _directory, "-l", Path.Combine(_directory, "server.log"), .. more]);

    private static async Task Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Binaries!, program), arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // PostgreSQL does not run as root.
        if (Environment.IsPrivilegedProcess)
            start.UserName = Superuser;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed: {string.Concat(said)}");
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable("REGISTRY_POSTGRES_BIN") is { Length: > 0 } given)
            return HasServer(given) ? given : null;
        const string packages = "/usr/lib/postgresql";
        return !Directory.Exists(packages)
            ? null
            : Directory.EnumerateDirectories(packages)
                .Select(path => (Path: Path.Combine(path, "bin"), Version: int.TryParse(Path.GetFileName(path), out var version) ? version : 0))
                .Where(found => found.Version >= OldestVersion && HasServer(found.Path))
                .OrderByDescending(found => found.Version)
                .Select(found => found.Path)
                .FirstOrDefault();

        static bool HasServer(string path) => File.Exists(Path.Combine(path, "initdb"));
    }
}
