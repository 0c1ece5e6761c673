using Registry.Actors;
using Registry.Actors.Erasing;
using Registry.Actors.Features;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Hosting;
using Registry.Storage;
using Registry.Storage.Postgres;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Hosting;

/// <summary>Sets up the registry itself: the law, the journal, the actors.</summary>
internal static class RegistrySetup
{
    public static void AddJournal(this WebApplicationBuilder builder)
    {
        // Waited for: the container knows no making that takes its time, and nothing else runs before there is a journal.
        builder.Services.AddSingleton(static services => Open(services).GetAwaiter().GetResult());
        builder.Services.AddSingleton<JournalProbe>();
        builder.Services.AddSingleton<Eraser>();
        builder.Services.AddSingleton<IKeptImports>(static services => (IKeptImports)services.GetRequiredService<IJournal>());
        builder.Services.AddSingleton<IKeyring>(static services => (IKeyring)services.GetRequiredService<IJournal>());
    }

    public static void AddDeadlines(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(static services => new DeadlineRunner(
            $"deadlines-{Guid.NewGuid():N}",
            services.GetRequiredService<IJournal>(),
            services.GetRequiredService<IActors>(),
            services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService<DeadlineLoop>();
    }

    private static async Task<IJournal> Open(IServiceProvider services)
    {
        var (settings, clock) = (services.GetRequiredService<RegistrySettings>(), services.GetRequiredService<TimeProvider>());
        return settings.Postgres is { } connectionString
            ? await OpenPostgres(services, connectionString, clock)
            : await SqliteJournal.Open(settings.DataDirectory, clock, services.GetRequiredService<ILogger<SqliteJournal>>());
    }

    // A gateway may be up before its database is: it waits, or whoever started it would have to start it again and again.
    private static async Task<IJournal> OpenPostgres(IServiceProvider services, string connectionString, TimeProvider clock)
    {
        var log = services.GetRequiredService<ILogger<PostgresJournal>>();
        return await AwaitedDatabase.Open(
            () => PostgresJournal.Open(connectionString, clock, log),
            fault => log.LogWarning("The database does not answer yet: {Fault}", fault));
    }
}
