using System.Security.Cryptography;
using System.Text;
using Orleans.Configuration;
using Orleans.Dashboard;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Grains.Clocks;
using Registry.Grains.Figures;
using Registry.Grains.Hosting;
using Registry.Storage;
using Registry.Storage.Postgres;
using Registry.Telemetry;

namespace Registry.Silo.Hosting;

/// <summary>Sets up the silo: journal, membership, grains, dashboard.</summary>
internal static class SiloSetup
{
    private const string Dashboard = "/dashboard";

    /// <summary>The registry's clock: the machine's, and in development one that can be moved ahead of it.</summary>
    public static TimeProvider AddClock(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        if (!builder.Environment.IsDevelopment())
            return TimeProvider.System;
        var clock = new DevelopmentClock(TimeProvider.System);
        builder.Services.AddSingleton(clock);
        return clock;
    }

    /// <summary>
    /// Opens the journal and creates the tables of the membership: the first process of a cluster makes the database what it is. Waits
    /// for the database, and says so, as long as it does not answer.
    /// </summary>
    /// <exception cref="SettingException">The process was asked to end before it did.</exception>
    public static async Task AddJournal(this WebApplicationBuilder builder, SiloSettings settings, TimeProvider clock)
    {
        var journal = await AwaitedDatabase.Open(Open, fault => Console.Error.WriteLine($"The database does not answer yet: {fault}"))
            ?? throw new SettingException("The silo was asked to end while it waited for its database.");
        builder.Services.AddSingleton<IJournal>(_ => journal);
        builder.Services.AddSingleton<IKeyring>(_ => journal);
        builder.Services.AddSingleton<JournalProbe>();
        builder.Services.AddSingleton<RefusedKeyLog>();

        async Task<PostgresJournal> Open()
        {
            await MembershipSchema.Create(settings.ConnectionString, CancellationToken.None);
            return await PostgresJournal.Open(settings.ConnectionString, clock, null);
        }
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
        app.UseSafeAnswers();
        app.UseSafeDashboard(Dashboard);
        app.GuardForOperators(Dashboard, static async (context, key) => DevelopmentOperator.Find(context, key)
            ?? await context.RequestServices.GetRequiredService<IKeyring>().Find(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
        app.MapOrleansDashboard(Dashboard);
        app.MapFigures(Dashboard);
    }
}
