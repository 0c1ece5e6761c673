using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Registry.Hosting.Telemetry;

/// <summary>
/// Sends metrics and traces by OTLP. Where to, how often and which share of traces is said by OpenTelemetry's own environment
/// variables; without <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> nothing is measured and nothing is sent.
/// </summary>
public static class TelemetrySetup
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The registry's own, the web server's, the runtime's, those of Orleans and of the driver of PostgreSQL.
    private static readonly string[] Meters =
        ["Registry", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Microsoft.Orleans", "Npgsql"];

    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Npgsql"];

    /// <summary>Whether this process has somewhere to send metrics and traces.</summary>
    public static bool HasTelemetry(this IHostApplicationBuilder builder) => builder.Configuration[Endpoint] is { Length: > 0 };

    /// <summary>Measures and sends from before anything else starts until after everything has stopped.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="serviceName">What it is called where <c>OTEL_SERVICE_NAME</c> does not say.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        if (!builder.HasTelemetry())
            return;
        // By the container, which closes them, and so sends the last figures, after everything made later.
        builder.Services.AddSingleton(_ => MeasureAll(serviceName));
        builder.Services.AddSingleton(_ => TraceAll(serviceName));
        builder.Services.AddHostedService<Start>();
    }

    /// <summary>
    /// Names each request's span by its route and tags it with the answer's status, as OpenTelemetry's conventions for HTTP have it;
    /// the web server itself leaves both out. To be used after routing.
    /// </summary>
    public static void UseTelemetry(this WebApplication app)
    {
        if (app.Services.GetService<TracerProvider>() is null)
            return;
        app.Use(static async (context, next) =>
        {
            await next(context);
            if (Activity.Current is not { IsAllDataRequested: true } span)
                return;
            if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
            {
                span.DisplayName = $"{context.Request.Method} {route}";
                span.SetTag("http.route", route);
            }

            span.SetTag("http.response.status_code", context.Response.StatusCode);
        });
    }

    private static MeterProvider MeasureAll(string serviceName) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => Name(resource, serviceName))
        .AddMeter(Meters)
        .AddOtlpExporter()
        .Build();

    private static TracerProvider TraceAll(string serviceName) => Sdk.CreateTracerProviderBuilder()
        .ConfigureResource(resource => Name(resource, serviceName))
        .AddSource(Sources)
        .AddProcessor(new DiscreetSpans())
        .AddOtlpExporter()
        .Build();

    // The environment has the last word, so it is asked once more.
    private static void Name(ResourceBuilder resource, string serviceName) =>
        resource.AddService(serviceName, autoGenerateServiceInstanceId: false).AddEnvironmentVariableDetector();

    /// <summary>Has the container make both before anything else starts: what counts up and down would else miss what was counted before.</summary>
    private sealed class Start : IHostedService
    {
        public Start(MeterProvider metrics, TracerProvider traces)
        {
            ArgumentNullException.ThrowIfNull(metrics);
            ArgumentNullException.ThrowIfNull(traces);
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
