using Registry.Benchmarks;
using Registry.Benchmarks.Opponent;
using Spectre.Console;

// ./dev bench [part ...]: each part compares things in one run on this machine; ratios are what to quote.
var parts = new Dictionary<string, Func<Task>>
{
    ["journal"] = () => JournalBenchmark.Run(Country.NewDirectory(), Console.Out),
    ["point"] = PointBenchmark.Run,
    ["box"] = BoxBenchmark.Run,
    ["applications"] = ApplicationBenchmark.Run,
    ["rush"] = RushBenchmark.Run,
    ["country"] = CountryBenchmark.Run,
    ["postgis"] = PostgisBenchmark.Run,
    ["mapserver"] = MapServerBenchmark.Run,
    ["tiles"] = TileBenchmark.Run,
    ["export"] = ExportBenchmark.Run,
    ["compression"] = CompressionBenchmark.Run,
    ["limits"] = LimitsBenchmark.Run,
    ["--cluster"] = ClusterBenchmark.Run,
    ["tls"] = ClusterBenchmark.RunTls,
};

if (args is [OpponentServer.Argument, .. var settings])
{
    await OpponentServer.Run(settings);
    return 0;
}

AnsiConsole.WriteLine(Machine.Name);
foreach (var unknown in args.Except(parts.Keys))
{
    AnsiConsole.WriteLine($"No part is called '{unknown}'. There are: {string.Join(", ", parts.Keys)}.");
    return 2;
}

foreach (var (name, run) in parts)
{
    if (args.Length == 0 || args.Contains(name))
        await run();
}

return 0;
