using System.Security.Cryptography;
using System.Text;
using Orleans.Configuration;
using Orleans.Dashboard;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Grains.Clocks;
using Registry.Grains.Hosting;
using Registry.Grains.Hosting.Tls;
using Registry.Hosting;
using Registry.Hosting.Callers;
using Registry.Hosting.Operators;
using Registry.Hosting.Telemetry;
using Registry.Storage;
using Registry.Storage.Postgres;

namespace Registry.Silo.Hosting;

/// <summary>Sets up the silo: journal, membership, grains, dashboard.</summary>
internal static class SiloSetup
{
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
    public static async Task AddJournal(this WebApplicationBuilder builder, SiloSettings settings, TimeProvider clock)
    {
        var journal = await AwaitedDatabase.Open(Open, Waiting);
        await LawAtStart.Require(journal, settings.Regime, Waiting);
        builder.Services.AddSingleton<IJournal>(_ => journal);
        builder.Services.AddSingleton<IKeyring>(_ => journal);
        builder.Services.AddSingleton<JournalProbe>();
        builder.Services.AddSingleton<RefusedKeyLog>();
        builder.Services.AddSingleton(new RefusedKeys(builder.Environment.IsDevelopment() ? null : RefusedKeys.Usual));

        static void Waiting(string fault) => Console.Error.WriteLine($"The database does not answer yet: {fault}");

        async Task<PostgresJournal> Open()
        {
            await MembershipSchema.Create(settings.ConnectionString, CancellationToken.None);
            return await PostgresJournal.Open(settings.ConnectionString, clock, null);
        }
    }

    public static void AddSilo(this WebApplicationBuilder builder, SiloSettings settings)
    {
        builder.Services.AddSingleton(settings.Regime);
        builder.Services.AddDraining(settings.Drain);
        builder.UseOrleans(silo =>
        {
            (builder.HasTelemetry() ? silo.AddActivityPropagation() : silo)
                .AddRegistry()
                .InPostgres(settings.ConnectionString)
                .Configure<SiloOptions>(options => options.SiloName = settings.Name)
                // Where it is reached and nowhere else: a container may be in other networks too.
                .ConfigureEndpoints(settings.Address, settings.SiloPort, settings.ClientPort, listenOnAnyHostAddress: false)
                .AddDashboard();
            if (settings.Tls is { } certificates)
                silo.UseMutualTls(certificates);
            if (builder.Environment.IsDevelopment())
                silo.AddClock();
        });
    }

    /// <summary>Shows the Orleans dashboard, to operators only.</summary>
    public static void UseDashboard(this WebApplication app)
    {
        app.UseSafeAnswers();
        app.UseDashboardForOperators(Find);
    }

    // An address that has tried too many keys is told that each is wrong, until a minute has passed.
    private static async ValueTask<Caller?> Find(HttpContext context, string key)
    {
        var refused = context.RequestServices.GetRequiredService<RefusedKeys>();
        if (DevelopmentOperator.Find(context, key) is { } developer)
            return developer;
        if (refused.Refusal(context) is not null)
            return null;
        var caller = await context.RequestServices.GetRequiredService<IKeyring>().Find(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (caller is null)
            refused.Count(context);
        return caller;
    }
}
