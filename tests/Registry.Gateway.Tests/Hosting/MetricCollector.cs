using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Registry.Gateway.Tests.Hosting;

/// <summary>Takes what is sent by OTLP over HTTP, and knows whether a name was ever in it.</summary>
internal sealed class MetricCollector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _expected = new();
    private readonly ConcurrentQueue<byte[]> _messages = new();
    private readonly WebApplication _app;

    private MetricCollector(WebApplication app) => _app = app;

    /// <summary>Where to send to: the value of <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Address => _app.Urls.First();

    public static async Task<MetricCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        var collector = new MetricCollector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.Take);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Ends when something by this name was sent.</summary>
    public Task Seen(string name) =>
        _expected.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether a text stands anywhere in what was sent so far.</summary>
    public bool Holds(string text) => _messages.Any(message => message.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Protocol buffers write a text as its length and its UTF-8, so that a name stands in the message as it is.
    private async Task<IResult> Take(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var message = body.ToArray();
        _messages.Enqueue(message);
        foreach (var (name, seen) in _expected)
        {
            var text = Encoding.UTF8.GetBytes(name);
            if (message.AsSpan().IndexOf([(byte)text.Length, .. text]) >= 0)
                seen.TrySetResult();
        }

        return Results.Bytes([], "application/x-protobuf");
    }
}
