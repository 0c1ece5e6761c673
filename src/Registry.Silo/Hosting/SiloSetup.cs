using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Grains.Clocks;
using Registry.Grains.Hosting;
using Registry.Storage;
using Registry.Storage.Postgres;
using Registry.Telemetry;

namespace Registry.Silo.Hosting;

/// <summary>Sets up the silo: journal, membership, grains, dashboard.</summary>
internal static class SiloSetup
{
    private const string Dashboard = "/dashboard";

    private static readonly TimeSpan OpenPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The registry's clock: the machine's, and in development one that can be moved ahead of it.</summary>
    public static TimeProvider AddClock(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
        {
            builder.Services.AddSingleton(TimeProvider.System);
            return TimeProvider.System;
        }

        var clock = new DevelopmentClock(TimeProvider.System);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<TimeProvider>(clock);
        return clock;
    }

    /// <summary>
    /// Opens the journal and creates the tables of the membership: the first process of a cluster makes the database what it is. Waits
    /// for the database, and says so, as long as it does not answer.
    /// </summary>
    public static async Task AddJournal(this WebApplicationBuilder builder, SiloSettings settings, TimeProvider clock)
    {
        using var again = new PeriodicTimer(OpenPeriod);
        PostgresJournal? journal = null;
        while (journal is null)
        {
            try
            {
                await MembershipSchema.Create(settings.ConnectionString, CancellationToken.None);
                journal = await PostgresJournal.Open(settings.ConnectionString, clock, null);
            }
            catch (Exception fault) when (fault is NpgsqlException or JournalUnavailableException)
            {
                await Console.Error.WriteLineAsync($"The database does not answer yet: {fault.InnerException?.Message ?? fault.Message}");
                await again.WaitForNextTickAsync();
            }
        }

        builder.Services.AddSingleton<IJournal>(_ => journal);
        builder.Services.AddSingleton<IKeyring>(_ => journal);
        builder.Services.AddSingleton<JournalProbe>();
    }

    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Services.AddSingleton(settings.Regime);
        builder.Services.AddDraining(settings.Drain);
        var isDevelopment = builder.Environment.IsDevelopment();
        builder.UseOrleans(silo =>
        {
            (builder.HasTelemetry() ? silo.AddActivityPropagation() : silo)
                .AddRegistry()
                .InPostgres(settings.ConnectionString)
                .Configure<SiloOptions>(options => options.SiloName = settings.Name)
                .ConfigureEndpoints(settings.Address, settings.SiloPort, settings.ClientPort, listenOnAnyHostAddress: !isDevelopment)
                .AddDashboard();
            if (isDevelopment)
                silo.AddClock();
        });
    }

    /// <summary>Shows the Orleans dashboard, to operators only.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.GuardForOperators(Dashboard, static async (context, key) =>
            await context.RequestServices.GetRequiredService<IKeyring>().Find(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
        app.MapOrleansDashboard(Dashboard);
    }
}
