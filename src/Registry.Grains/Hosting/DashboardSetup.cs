using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Orleans.Dashboard;
using Registry.Core;
using Registry.Hosting;
using Registry.Hosting.Operators;

namespace Registry.Grains.Hosting;

/// <summary>Shows the Orleans dashboard, and the registry's own figures beside it, to operators only.</summary>
public static class DashboardSetup
{
    private const string Path = "/dashboard";

    /// <summary>Guards the dashboard and maps it.</summary>
    /// <param name="app">The web server of a silo.</param>
    /// <param name="find">Whom a key stands for; null when it is not in force.</param>
    public static void UseDashboardForOperators(this WebApplication app, Func<HttpContext, string, ValueTask<Caller?>> find)
    {
        app.UseSafeDashboard(Path);
        app.GuardForOperators(Path, find);
        app.UseWhen(static context => context.Request.Path.StartsWithSegments(Path), static shown => shown.Use(Show));
        app.MapOrleansDashboard(Path).ExcludeFromDescription();
        app.MapFigures(Path).ExcludeFromDescription();
    }

    // What is shown is asked of grains, which do not answer while a silo is lost.
    private static async Task Show(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception fault) when (Unanswered.Is(fault) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
        }
    }
}
