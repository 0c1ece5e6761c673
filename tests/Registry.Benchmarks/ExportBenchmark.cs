using System.Diagnostics;

namespace Registry.Benchmarks;

/// <summary>All license blocks of the full country in one answer: how fast it flows, and by how much resident memory grows.</summary>
internal static class ExportBenchmark
{
    private const int Rounds = 3;

    public static async Task Run()
    {
        await using var registry = await Country.Start();
        using var client = registry.Client();
        var figures = new Figures("Export of all license blocks as GeoJSON", "round", "MB", "MB/s", "resident before, MB", "most resident, MB", "");
        for (var round = 1; round <= Rounds; round++)
        {
            var before = registry.ResidentBytes;
            var (bytes, most) = (0L, before);
            var since = Stopwatch.StartNew();
            await using var answer = await client.GetStreamAsync(new Uri("/collections/license-blocks/export?f=json", UriKind.Relative));
            var buffer = new byte[1 << 18];
            for (var reads = 0; await answer.ReadAsync(buffer) is > 0 and var read; reads++)
            {
                bytes += read;
                // Looking costs time of its own: now and then.
                if (reads % 64 == 0)
                    most = Math.Max(most, registry.ResidentBytes);
            }

            figures.Row(
                $"{round}", Figures.Number(bytes / 1e6), Figures.Number(bytes / 1e6 / since.Elapsed.TotalSeconds),
                Figures.Number(before / 1e6), Figures.Number(most / 1e6), "goals 100 MB/s, 50 MB more");
        }

        figures.Print();
    }
}
