using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Hosting;

/// <summary>Sets up the registry itself: the law, the journal, the actors.</summary>
internal static class RegistrySetup
{
    public static void AddRegime(this WebApplicationBuilder builder) => builder.Services.AddSingleton(static services =>
    {
        var code = services.GetRequiredService<RegistrySettings>().Regime;
        return Regimes.Find(code) ?? throw new SettingException(
            $"Registry__Regime is '{code}'; one of these was expected: {string.Join(", ", Regimes.Codes)}.");
    });

    public static void AddJournal(this WebApplicationBuilder builder)
    {
        // Waited for: the container knows no making that takes its time, and nothing else runs before there is a journal.
        builder.Services.AddSingleton<IJournal>(static services => SqliteJournal.Open(
            services.GetRequiredService<RegistrySettings>().DataDirectory,
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<SqliteJournal>>()).GetAwaiter().GetResult());
        builder.Services.AddSingleton<IKeyring>(static services => (IKeyring)services.GetRequiredService<IJournal>());
    }

    // The container closes what it made last first: the actors, and after them the journal that they write to.
    public static void AddActors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InProcessActors>();
        builder.Services.AddSingleton<IActors>(static services => services.GetRequiredService<InProcessActors>());
        builder.Services.AddSingleton(static services => new DeadlineRunner(
            $"deadlines-{Guid.NewGuid():N}",
            services.GetRequiredService<IJournal>(),
            services.GetRequiredService<IActors>(),
            services.GetRequiredService<TimeProvider>()));
    }
}
