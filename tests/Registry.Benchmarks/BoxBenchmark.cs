using System.Globalization;
using System.Text.Json;

namespace Registry.Benchmarks;

/// <summary>A rectangle that answers about 100 license blocks of the full country.</summary>
internal static class BoxBenchmark
{
    private const int Wanted = 100;
    private const double Side = 1.12;
    private const int Rounds = 3;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);

    public static async Task Run()
    {
        await using var registry = await Country.Start();
        using var client = registry.Client();
        var paths = new List<string>();
        var (bytes, answered) = (0L, 0);
        var random = new Random(2);
        while (paths.Count < 200)
        {
            // About the ground of 100 license blocks of 47 cells, somewhere inside the country.
            var (west, south) = (55 + (random.NextDouble() * 22), 44.5 + (random.NextDouble() * 6));
            var path = string.Create(CultureInfo.InvariantCulture,
                $"/collections/license-blocks/items?limit={Wanted}&bbox={west:F4},{south:F4},{west + Side:F4},{south + Side:F4}");
            var answer = await client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.GetProperty("numberReturned").GetInt32() != Wanted)
                continue;
            paths.Add(path);
            bytes += answer.Length;
            answered += Wanted;
        }

        var script = RequestScript.Get(Country.Scratch, paths);
        var figures = Figures.OfLoads(string.Create(CultureInfo.InvariantCulture,
            $"{Wanted} license blocks in a rectangle, {bytes / answered:N0} bytes each, 64 connections"));
        await Wrk.Run(registry.Address, 64, Turn, script);
        for (var round = 0; round < Rounds; round++)
            figures.Load("bbox", await Wrk.Run(registry.Address, 64, Turn, script), "goal 3,000");
        figures.Print();
    }
}
