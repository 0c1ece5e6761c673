using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
using Registry.Actors.Journal;
using Registry.Grains.Hosting;
using Registry.Storage.Postgres;
using Registry.Telemetry;

namespace Registry.Silo.Hosting;

/// <summary>Sets up the silo: journal, membership, grains, dashboard.</summary>
internal static class SiloSetup
{
    private const string Dashboard = "/dashboard";

    // What a silo may take to hand its grains over when it is asked to end. Kubernetes is told a little more.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    /// <summary>Opens the journal and creates the tables of the membership: the first process of a cluster makes the database what it is.</summary>
    /// <exception cref="SettingException">The database cannot be reached.</exception>
    public static async Task AddJournal(this WebApplicationBuilder builder, SiloSettings settings)
    {
        try
        {
            await MembershipSchema.Create(settings.ConnectionString, CancellationToken.None);
            var journal = await PostgresJournal.Open(settings.ConnectionString, TimeProvider.System, null);
            builder.Services.AddSingleton<IJournal>(_ => journal);
            builder.Services.AddSingleton<IKeyring>(_ => journal);
        }
        catch (Exception fault) when (fault is NpgsqlException or JournalUnavailableException)
        {
            throw new SettingException($"The database does not answer: {fault.Message}");
        }
    }

    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings.Regime);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainLimit);
        builder.UseOrleans(silo => (builder.HasTelemetry() ? silo.AddActivityPropagation() : silo)
            .AddRegistry()
            .InPostgres(settings.ConnectionString)
            .Configure<SiloOptions>(options => options.SiloName = settings.Name)
            .ConfigureEndpoints(settings.Address, settings.SiloPort, settings.ClientPort, listenOnAnyHostAddress: true)
            .AddDashboard());
    }

    /// <summary>Shows the Orleans dashboard, to operators only.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.GuardForOperators(Dashboard, static async (context, key) =>
            await context.RequestServices.GetRequiredService<IKeyring>().Find(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
        app.MapOrleansDashboard(Dashboard);
    }
}
