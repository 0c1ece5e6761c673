using Registry.Actors.Hosting;
using Registry.Grains.Hosting;

namespace Registry.Gateway.Hosting;

/// <summary>Sets up the process: settings, limits of the web server, clock, startup.</summary>
internal static class HostSetup
{
    // Kestrel reads on, for five seconds at most, what a client sends after it was told that its body is too large; a client that is cut
    // off in the middle would never read the answer. Beyond this it is cut off.
    private const long MostBytesReadOn = 16 * 1024 * 1024;

    /// <exception cref="SettingException">A setting is not among what it may be.</exception>
    public static RegistrySettings AddSettings(this WebApplicationBuilder builder)
    {
        var settings = RegistrySettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        return settings;
    }

    public static void AddLimits(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBytesReadOn;
    });

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
