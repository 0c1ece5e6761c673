using Registry.Actors.Contracts;
using Registry.Actors.Erasing;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Storage;
using Registry.Storage.Postgres;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Hosting;

/// <summary>Sets up the registry itself: the law, the journal, the actors.</summary>
internal static class RegistrySetup
{
    /// <summary>
    /// The journal, and each part of it for whoever needs no more. Opening it is waited for: nothing else runs before there is a journal.
    /// </summary>
    public static void AddJournal(this WebApplicationBuilder builder, RegistrySettings settings)
    {
        if (settings.Postgres is { } connectionString)
        {
            builder.Services.AddSingleton(services => OpenPostgres(services, connectionString).GetAwaiter().GetResult());
            builder.Services.AddSingleton<IJournal>(static services => services.GetRequiredService<PostgresJournal>());
        }
        else
        {
            builder.Services.AddSingleton<IJournal>(services => OpenSqlite(services, settings.DataDirectory).GetAwaiter().GetResult());
        }

        builder.Services.AddSingleton<JournalProbe>();
        builder.Services.AddSingleton<IPublicLog>(static services => services.GetRequiredService<IJournal>());
        builder.Services.AddSingleton<IKeptImports>(static services => services.GetRequiredService<IJournal>());
        builder.Services.AddSingleton<IKeyring>(static services => services.GetRequiredService<IJournal>());
    }

    public static void AddErasing(this WebApplicationBuilder builder) => builder.Services.AddSingleton<Eraser>();

    public static void AddDeadlines(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(static services => new DeadlineRunner(
            $"deadlines-{Guid.NewGuid():N}",
            services.GetRequiredService<IJournal>(),
            services.GetRequiredService<IActors>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<DeadlineLoop>();
    }

    private static Task<SqliteJournal> OpenSqlite(IServiceProvider services, string directory) => SqliteJournal.Open(
        directory, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<SqliteJournal>>());

    // A gateway may be up before its database is: it waits, or whoever started it would have to start it again and again.
    private static async Task<PostgresJournal> OpenPostgres(IServiceProvider services, string connectionString)
    {
        var log = services.GetRequiredService<ILogger<PostgresJournal>>();
        return await AwaitedDatabase.Open(
            () => PostgresJournal.Open(connectionString, services.GetRequiredService<TimeProvider>(), log),
            fault => log.LogWarning("The database does not answer yet: {Fault}", fault));
    }
}
