using System.Globalization;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Benchmarks;

/// <summary>What the limits of each key and address cost: a registry that has them, so high that nobody comes to them, beside one that has not.</summary>
internal static class LimitsBenchmark
{
    private const int Connections = 64;
    private const string Goal = "goal 3 %";

    // More requests than a turn has.
    private const int Applications = 8_000;

    private static readonly (string Name, string Value)[] s_limits =
    [
        ("Registry__Limits__Enabled", "true"), ("Registry__Limits__RequestsPerKey", "1000000"), ("Registry__Limits__RequestsPerAddress", "1000000"),
        ("Registry__Limits__ConnectionsPerAddress", "8192"),
    ];

    public static async Task Run()
    {
        var country = await Country.Directory();
        var figures = Pair.Table("Limits on against limits off, 64 connections");
        await With(country, CopyOf(country), async pair =>
        {
            var random = new Random(6);
            foreach (var (name, question) in (IEnumerable<(string, Func<Random, string>)>)
            [
                ("cell by point", Point), ("100 license blocks in a rectangle", Box), ("a tile", Tile),
            ])
            {
                var script = RequestScript.Get(Country.Scratch, Enumerable.Range(0, 2_000).Select(_ => question(random)).ToList());
                await pair.Measure(name, Connections, () => script, figures, Goal);
            }
        });
        var bodies = ApplicationBenchmark.Strips().Select(ApplicationBenchmark.Body).Chunk(Applications).ToArray();
        var turn = 0;
        await With(Country.NewDirectory(), Country.NewDirectory(), pair => pair.Measure(
            "application of 5 cells", Connections,
            () => RequestScript.Post(Country.Scratch, "/license-blocks", "dev-applicant-a", bodies[turn++]), figures, Goal));
        figures.Print();
    }

    private static async Task With(string one, string other, Func<Pair, Task> measure)
    {
        await using var plain = await RegistryProcess.Start(one);
        await using var limited = await RegistryProcess.Start(other, s_limits);
        await measure(new Pair(new Side([plain]), new Side([limited])));
    }

    private static string CopyOf(string directory)
    {
        var copy = Country.NewDirectory();
        foreach (var file in Directory.EnumerateFiles(directory))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private static string Point(Random random) => string.Create(
        CultureInfo.InvariantCulture, $"/cells/at?lon={50 + (random.NextDouble() * 35):F5}&lat={42 + (random.NextDouble() * 12):F5}");

    private static string Box(Random random)
    {
        var (west, south) = (55 + (random.NextDouble() * 22), 44.5 + (random.NextDouble() * 6));
        return string.Create(CultureInfo.InvariantCulture, $"/collections/license-blocks/items?limit=100&bbox={west:F4},{south:F4},{west + 1.12:F4},{south + 1.12:F4}");
    }

    // Of the whole country at a middle scale, again and again: from the cache.
    private static string Tile(Random random) => string.Create(CultureInfo.InvariantCulture, $"/tiles/7/{84 + random.Next(12)}/{42 + random.Next(6)}.mvt");
}
