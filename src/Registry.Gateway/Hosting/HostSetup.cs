using Registry.Actors.Hosting;
using Registry.Hosting;

namespace Registry.Gateway.Hosting;

/// <summary>Sets up the process: settings, clock, startup.</summary>
internal static class HostSetup
{
    /// <exception cref="SettingException">A setting is not among what it may be.</exception>
    public static RegistrySettings AddSettings(this WebApplicationBuilder builder)
    {
        var settings = RegistrySettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(settings.Cors);
        builder.Services.AddSingleton(settings.Regime);
        return settings;
    }

    public static void AddClock(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            var clock = new DevelopmentClock(TimeProvider.System);
            builder.Services.AddSingleton(clock);
            builder.Services.AddSingleton<TimeProvider>(clock);
        }
        else
        {
            builder.Services.AddSingleton(TimeProvider.System);
        }
    }

    public static void AddStartup(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddHostedService<Startup>();
    }
}
