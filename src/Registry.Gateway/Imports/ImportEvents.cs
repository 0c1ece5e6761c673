using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Core.Law;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Imports;

/// <summary>
/// The progress of an import as server-sent events (HTML, section 9.2): <c>progress</c> whenever it is further than the last one said, and
/// <c>end</c>, which is the last. Each says how far the import is as a whole, so a client that lost some has lost nothing.
/// </summary>
/// <param name="job">The import.</param>
/// <param name="regime">Names cells.</param>
internal sealed class ImportEvents(ImportJob job, Regime regime) : IResult
{
    /// <summary>The media type of server-sent events.</summary>
    public const string MediaType = "text/event-stream";

    // A file of ten thousand features is not told of ten thousand times.
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(100);

    // Something is sent now and then, so that proxies keep the connection and one that is gone is noticed.
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, gone) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // nginx buffers what it is not told not to.
        response.Headers["X-Accel-Buffering"] = "no";
        var seen = -1L;
        while (true)
        {
            ImportProgress progress;
            try
            {
                progress = await job.After(seen, gone).WaitAsync(MostSilence, gone);
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(": still here\n\n", gone);
                await response.Body.FlushAsync(gone);
                continue;
            }

            seen = progress.Step;
            var isEnd = progress.State.IsEnded();
            await response.WriteAsync(Event(isEnd ? "end" : "progress", progress), gone);
            await response.Body.FlushAsync(gone);
            if (isEnd)
                return;
            await Task.Delay(BetweenEvents, gone);
        }
    }

    private string Event(string name, ImportProgress progress)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Options))
            ImportAnswer.Write(json, job, progress, regime);
        return string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {progress.Step}\ndata: {Encoding.UTF8.GetString(buffer.WrittenSpan)}\n\n");
    }
}
