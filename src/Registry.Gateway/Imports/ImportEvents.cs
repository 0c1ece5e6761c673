using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Imports;

/// <summary>
/// The progress of an import as server-sent events (HTML, section 9.2): <c>progress</c> whenever it is another than the last one said, and
/// <c>end</c>, which is the last. Each says how far the import is as a whole, so a client that lost some has lost nothing, and one that
/// asks again, of whichever gateway, hears the rest.
/// </summary>
/// <param name="id">The import's id.</param>
/// <param name="asked">What was asked.</param>
/// <param name="first">How far it is.</param>
/// <param name="lookup">Knows how far it is later.</param>
/// <param name="regime">Names cells.</param>
/// <param name="root">As in <see cref="ImportAnswer"/>.</param>
/// <param name="lifetime">Says when the process is about to end.</param>
internal sealed class ImportEvents(
    string id, AcceptedImport asked, ImportProgress first, ImportLookup lookup, Regime regime, string root, IHostApplicationLifetime lifetime) : IResult
{
    /// <summary>The media type of server-sent events.</summary>
    public const string MediaType = "text/event-stream";

    // A file of ten thousand features is not told of ten thousand times; and an import that rests is asked for less and less often, so that
    // a thousand who listen to it cost little.
    private static readonly TimeSpan s_betweenEvents = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_mostBetween = TimeSpan.FromSeconds(1);

    // Something is sent now and then, so that proxies keep the connection and one that is gone is noticed.
    private static readonly TimeSpan s_mostSilence = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var stopping = lifetime.ApplicationStopping;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        // nginx buffers what it is not told not to.
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            await Tell(response, ending.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The import goes on, and whoever listens asks another gateway.
        }
    }

    private async Task Tell(HttpResponse response, CancellationToken ending)
    {
        var (progress, said, count, since) = (first, default(ImportProgress), 0L, TimeProvider.System.GetTimestamp());
        var pause = s_betweenEvents;
        while (true)
        {
            var isEnd = progress.State.IsEnded();
            pause = progress != said ? s_betweenEvents : pause * 2 < s_mostBetween ? pause * 2 : s_mostBetween;
            if (progress != said || TimeProvider.System.GetElapsedTime(since) > s_mostSilence)
            {
                await response.WriteAsync(progress == said ? ": still here\n\n" : Event(isEnd ? "end" : "progress", ++count, progress), ending);
                await response.Body.FlushAsync(ending);
                (said, since) = (progress, TimeProvider.System.GetTimestamp());
            }

            if (isEnd)
                return;
            await Task.Delay(pause, ending);
            try
            {
                progress = await lookup.Progress(id) ?? progress;
            }
            catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
            {
                // The silo that carries it out is gone, or the storage is: it goes on elsewhere, or later, and is asked for again.
            }
        }
    }

    private string Event(string name, long number, ImportProgress progress)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonAnswer.Options))
            ImportAnswer.Write(json, id, asked, progress, regime, root);
        return string.Create(CultureInfo.InvariantCulture, $"event: {name}\nid: {number}\ndata: {Encoding.UTF8.GetString(buffer.WrittenSpan)}\n\n");
    }
}
