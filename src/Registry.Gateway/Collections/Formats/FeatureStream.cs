using Registry.Formats.Features;

namespace Registry.Gateway.Collections.Formats;

/// <summary>Sends features as they come: what is in memory is one group of them and the connection's buffer.</summary>
public static class FeatureStream
{
    private const int FlushedAtOnce = 128 * 1024;

    /// <summary>Writes features and what stands around them.</summary>
    /// <remarks>
    /// The answer begins when the first group is there, so that sheets that do not answer are a 503. What fails later can only break the
    /// connection off, which every client of chunked HTTP notices.
    /// </remarks>
    /// <param name="response">Where to; its headers are set.</param>
    /// <param name="groups">The features, in groups, as finished JSON in UTF-8.</param>
    /// <param name="writer">The format.</param>
    /// <param name="aborted">Ends the writing when the one who asked is gone.</param>
    public static async Task Write(
        HttpResponse response, IAsyncEnumerable<IReadOnlyList<byte[]>> groups, IFeatureWriter writer, CancellationToken aborted)
    {
        await using var reading = groups.GetAsyncEnumerator(aborted);
        var hasGroup = await reading.MoveNextAsync();
        await response.StartAsync(aborted);
        var output = response.BodyWriter;
        writer.Begin(output);
        for (; hasGroup; hasGroup = await reading.MoveNextAsync())
        {
            var group = reading.Current;
            for (var i = 0; i < group.Count; i++)
            {
                writer.Write(output, group[i]);
                if (output.UnflushedBytes >= FlushedAtOnce && (await output.FlushAsync(aborted)).IsCompleted)
                    return;
            }
        }

        writer.End(output);
        await output.FlushAsync(aborted);
    }
}
