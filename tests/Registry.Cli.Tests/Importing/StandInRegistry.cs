using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Registry.Cli.Tests.Importing;

/// <summary>One request that the stand-in took.</summary>
internal sealed record Taken(string Path, string Key, string Authorization, string Body)
{
    /// <summary>A member of the body.</summary>
    public JsonElement this[string member] => JsonDocument.Parse(Body).RootElement.GetProperty(member);

    /// <summary>Whether the body has a member.</summary>
    public bool Has(string member) => JsonDocument.Parse(Body).RootElement.TryGetProperty(member, out _);
}

/// <summary>
/// Stands in for a registry: takes what is filed, keeps idempotency keys as the HTTP contract says, and misbehaves as a test tells it
/// to.
/// </summary>
internal sealed class StandInRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (string Body, string Id)> _kept = [];
    private int _underWay;

    private StandInRegistry(WebApplication app) => _app = app;

    /// <summary>Asked before each request is carried out; true when it has answered in the registry's place.</summary>
    public Func<HttpContext, Taken, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Asked after each request was carried out and before it is answered; true when it has answered otherwise.</summary>
    public Func<HttpContext, Taken, Task<bool>> After { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Every request, in the order in which they came.</summary>
    public ConcurrentQueue<Taken> Requests { get; } = [];

    /// <summary>How many objects there are.</summary>
    public int Objects => _kept.Count;

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Starts one on a free port.</summary>
    public static async Task<StandInRegistry> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new StandInRegistry(app);
        app.Run(registry.Answer);
        await app.StartAsync();
        return registry;
    }

    /// <summary>Answers with a problem.</summary>
    public static async Task<bool> Problem(HttpContext context, int status, string slug, string more = "")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync($$"""{"type":"/problems/{{slug}}","title":"t","status":{{status}},"detail":"The {{slug}}."{{more}}}""");
        return true;
    }

    /// <summary>Breaks the connection off without an answer.</summary>
    public static Task<bool> BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var taken = new Taken(
            request.Path, request.Headers["Idempotency-Key"].ToString(), request.Headers.Authorization.ToString(), await reader.ReadToEndAsync());
        Requests.Enqueue(taken);
        var underWay = Interlocked.Increment(ref _underWay);
        lock (_kept)
            MostAtOnce = Math.Max(MostAtOnce, underWay);
        try
        {
            if (!await Before(context, taken))
                await CarryOut(context, taken);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task CarryOut(HttpContext context, Taken taken)
    {
        var fresh = (taken.Body, Id: string.Create(CultureInfo.InvariantCulture, $"obj-{taken.Key[^8..]}"));
        var isNew = _kept.TryAdd(taken.Key, fresh);
        var kept = _kept[taken.Key];
        if (await After(context, taken))
            return;
        if (kept.Body != taken.Body)
        {
            await Problem(context, 422, "idempotency-key-reused");
            return;
        }

        context.Response.StatusCode = 201;
        context.Response.ContentType = "application/geo+json";
        if (!isNew)
            context.Response.Headers["Idempotency-Replayed"] = "true";
        await context.Response.WriteAsync($$"""{"type":"Feature","id":"{{kept.Id}}"}""");
    }
}
