using Registry.Gateway.Compression;
using Registry.Gateway.Development;
using Registry.Gateway.Hosting;
using Registry.Gateway.Identity;
using Registry.Gateway.Imports;
using Registry.Gateway.Limits;
using Registry.Gateway.Log;
using Registry.Gateway.Origins;
using Registry.Gateway.Problems;
using Registry.Hosting;
using Registry.Hosting.Telemetry;

namespace Registry.Gateway;

/// <summary>The registry as one process: what it is made of, and the way of a request through it.</summary>
public static class Gateway
{
    /// <summary>Puts the registry together. It listens when it is started, and answers when it has loaded.</summary>
    /// <param name="args">The command line: <c>--urls</c> and the settings.</param>
    /// <param name="adjust">Changes what it is made of, last of all: for tests, which put another journal in.</param>
    /// <exception cref="SettingException">It cannot start as it is set up.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        var settings = builder.AddSettings();
        builder.AddTelemetry("gateway");
        builder.AddDiscretion();
        builder.AddLimits(settings.PublicUrl);
        builder.AddOrigins();
        builder.AddCompression();
        builder.AddClock();
        builder.AddJournal(settings);
        builder.AddLog(settings);
        builder.AddActors(settings);
        builder.AddErasing();
        builder.AddDeadlines();
        builder.AddIdentity();
        builder.Services.AddReading(settings);
        builder.AddImports();
        builder.AddStartup();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseTrustedProxies();
        app.UseProblems();
        app.UsePublicAddress();
        app.UseOrigins();
        app.UseCompression();
        app.UseRouting();
        app.UseTelemetry();
        app.UseReadiness();
        app.UseClockOfCluster();
        app.UseDashboard();
        app.UseIdentity();
        app.UseRequestLimit();
        app.UseAuthorization();
        app.PrepareReading();
        app.MapRegistry();
        return app;
    }
}
