using Orleans.Dashboard;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Grains.Clocks;
using Registry.Grains.Hosting;
using Registry.Grains.Hosting.Tls;
using Registry.Hosting;
using Registry.Hosting.Callers;
using Registry.Hosting.Telemetry;

namespace Registry.Gateway.Hosting;

/// <summary>
/// Reaches the actors as grains: of a silo in this process, so that one process is the whole registry, or of a cluster, of which
/// this process is a client.
/// </summary>
internal static class ActorsSetup
{
    public static void AddActors(this WebApplicationBuilder builder, RegistrySettings settings)
    {
        if (settings.Postgres is { } cluster)
        {
            builder.UseOrleansClient(client =>
            {
                (builder.HasTelemetry() ? client.AddActivityPropagation() : client).AddRegistry().InPostgres(cluster);
                if (settings.Tls is { } certificates)
                    client.UseMutualTls(certificates);
                if (builder.Environment.IsDevelopment())
                    client.AddClock();
            });
            builder.Services.AddDraining(settings.Drain);
        }
        else
        {
            builder.UseOrleans(silo => (builder.HasTelemetry() ? silo.AddActivityPropagation() : silo).AddRegistry().AloneOnThisMachine().AddDashboard());
        }
    }

    /// <summary>
    /// Shows the Orleans dashboard, to operators only, where the silo is in this process. In a cluster the silos show it, on ports that
    /// the public does not reach.
    /// </summary>
    public static void UseDashboard(this WebApplication app)
    {
        if (app.Services.GetRequiredService<RegistrySettings>().Postgres is not null)
            return;
        app.UseDashboardForOperators(Find);
    }

    // Whoever guesses keys guesses no better here: an address that has tried too many is told that each is wrong.
    private static async ValueTask<Caller?> Find(HttpContext context, string key)
    {
        var (keys, refused) = (context.RequestServices.GetRequiredService<KnownKeys>(), context.RequestServices.GetRequiredService<RefusedKeys>());
        if (refused.Refusal(context) is not null && !keys.Knows(key))
            return null;
        var caller = (await keys.Find(key, context))?.Caller;
        if (caller is null)
            refused.Count(context);
        return caller;
    }
}
