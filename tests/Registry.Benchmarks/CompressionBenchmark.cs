using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;

namespace Registry.Benchmarks;

/// <summary>
/// What compression costs and spares: each answer as it is, in gzip and in br, one after the other in each round; and the levels to choose
/// from, on the same bytes.
/// </summary>
internal static class CompressionBenchmark
{
    private const int Rounds = 3;

    private static readonly string[] s_codings = ["", "gzip", "br"];

    private static readonly (string What, string Address, int Times)[] s_answers =
    [
        ("items, 10", "/collections/license-blocks/items", 1000),
        ("items, 1,000", "/collections/license-blocks/items?limit=1000", 40),
        ("export, GeoJSON", "/collections/license-blocks/export?f=geojson", 2),
        ("export, CSV", "/collections/license-blocks/export?f=csv", 2),
        ("export, FlatGeobuf", "/collections/license-blocks/export?f=fgb", 2),
        ("tile, asked before", "/tiles/6/44/22.mvt", 1000),
    ];

    public static async Task Run()
    {
        await using var registry = await Country.Start();
        using var client = registry.Client();
        var figures = new Figures("Compression, one client", "what", "coding", "kB sent", "of plain", "CPU ms an answer", "times plain");
        foreach (var (what, address, times) in s_answers)
        {
            var (sizes, costs) = (new double[s_codings.Length], s_codings.Select(_ => new List<double>()).ToArray());
            for (var round = 0; round <= Rounds; round++)
            {
                for (var i = 0; i < s_codings.Length; i++)
                {
                    var before = registry.ProcessorTime;
                    for (var n = 0; n < times; n++)
                        sizes[i] = await Ask(client, address, s_codings[i]);
                    // The first round warms up.
                    if (round > 0)
                        costs[i].Add((registry.ProcessorTime - before).TotalMilliseconds / times);
                }
            }

            for (var i = 0; i < s_codings.Length; i++)
            {
                figures.Row(
                    what, s_codings[i].Length == 0 ? "as it is" : s_codings[i], Figures.Number(sizes[i] / 1e3), Percent(sizes[i] / sizes[0]),
                    Figures.Number(Figures.Median(costs[i])), Figures.Number(Figures.Median(costs[i].Zip(costs[0], (own, plain) => own / plain))));
            }
        }

        figures.Print();
        await Levels(client);
    }

    // The libraries alone, without a server around them.
    private static async Task Levels(HttpClient client)
    {
        var figures = new Figures("Levels, on the same bytes", "what", "coding and level", "of plain", "MB/s");
        foreach (var (what, address, _) in s_answers.Where(answer => answer.What.Contains(',', StringComparison.Ordinal) && !answer.What.StartsWith("tile", StringComparison.Ordinal)))
        {
            var bytes = await client.GetByteArrayAsync(new Uri(address, UriKind.Relative));
            foreach (var level in new[] { CompressionLevel.Fastest, CompressionLevel.Optimal })
            {
                Measure($"gzip, {level}", to => new GZipStream(to, level, leaveOpen: true));
                Measure($"br, {level}", to => new BrotliStream(to, level, leaveOpen: true));
            }

            void Measure(string name, Func<Stream, Stream> compress)
            {
                var (repeats, length) = (Math.Clamp((int)(20_000_000 / bytes.Length), 1, 2000), 0L);
                var since = Stopwatch.StartNew();
                for (var i = 0; i < repeats; i++)
                {
                    using var to = new MemoryStream();
                    using (var stream = compress(to))
                        stream.Write(bytes);
                    length = to.Length;
                }

                figures.Row(what, name, Percent((double)length / bytes.Length), Figures.Number(repeats * (double)bytes.Length / 1e6 / since.Elapsed.TotalSeconds));
            }
        }

        figures.Print();
    }

    private static string Percent(double part) => part.ToString("P1", CultureInfo.InvariantCulture);

    private static async Task<double> Ask(HttpClient client, string address, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (coding.Length > 0)
            request.Headers.Add("Accept-Encoding", coding);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync();
        var (buffer, length) = (new byte[1 << 16], 0L);
        while (await body.ReadAsync(buffer) is > 0 and var read)
            length += read;
        return length;
    }
}
