using Registry.Actors;
using Registry.Actors.Hosting;

namespace Registry.Gateway.Hosting;

/// <summary>Runs the actors in this process, without Orleans.</summary>
internal static class ActorsSetup
{
    // The container closes what it made last first: the actors, and after them the journal that they write to.
    public static void AddActors(this WebApplicationBuilder builder, RegistrySettings settings)
    {
        if (settings.Postgres is not null)
            throw new SettingException("This build has no Orleans in it: Registry__Cluster can only be single.");
        builder.Services.AddSingleton<IActors, InProcessActors>();
    }

    /// <summary>Without Orleans there is no dashboard.</summary>
    public static void UseDashboard(this WebApplication app)
    {
    }
}
