using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Registry.Gateway.Tests.Serving;
using Xunit.Abstractions;

namespace Registry.Gateway.Tests.Costs;

/// <summary>
/// Sends the worst requests that are known to a registry with the sample country, one after another, and measures what each costs: CPU time of
/// the whole process, and bytes in memory at once. Nothing else runs in the process meanwhile.
/// </summary>
[Collection(Alone)]
public sealed class WorstRequestsTests(WorstRequestsTests.Country country, ITestOutputHelper output) : IClassFixture<WorstRequestsTests.Country>
{
    // Ten are a second of a processor of 2020. A busy machine lengthens CPU time by what is lost of caches, threefold and more; what has
    // no bound takes thousands. Beyond the limit a request is measured again, and the least counts.
    private const double MostCalibrations = 100;
    private const int Attempts = 4;
    private const long MostBytes = 100_000_000;

    private const string Alone = "alone in the process, whose processor time is measured";

    public static TheoryData<string> Kinds => new(WorstRequests.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task No_request_of_a_megabyte_costs_more_than_it_may(string kind) => Measure(kind, 20_281_104, TimeSpan.Zero);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Kinds))]
    public Task Nor_with_other_seeds(string kind) => Measure(kind, Environment.TickCount, TimeSpan.FromMinutes(2));

    // All of a kind from a seed, and from the next ones for a time.
    private async Task Measure(string kind, int seed, TimeSpan time)
    {
        var (calibration, since) = (CpuTime.Calibration, Stopwatch.StartNew());
        Print($"calibration {calibration.TotalMilliseconds:0} ms");
        var table = new SortedDictionary<string, Cost>(StringComparer.Ordinal);
        var beyond = new List<string>();
        do
        {
            Print($"seed {seed}");
            foreach (var request in WorstRequests.Of(kind, new Random(seed)))
            {
                var cost = await Measure(request);
                Print($"{request.Address} | {request.What} | {cost.Status} | {cost.Cpu.TotalMilliseconds:0} ms | {cost.Allocated / 1e6:0} MB allocated | {cost.Live / 1e6:0} MB live");
                Assert.True(cost.Status is >= 200 and < 500 or 503, $"{request.Address} ({request.What}): {cost.Status}");
                if (cost.Cpu > MostCalibrations * calibration || cost.Live > MostBytes)
                    beyond.Add($"seed {seed}: {request.Address} ({request.What}): {cost}");
                table[request.Address] = table.TryGetValue(request.Address, out var worst) ? worst.OrMore(cost) : cost;
            }

            seed++;
        }
        while (since.Elapsed < time);

        foreach (var (address, cost) in table)
            Print($"| `{address}` | {cost.Cpu / calibration / 10:0.0} s | {cost.Live / 1e6:0} MB |");
        Assert.Empty(beyond);
    }

    private async Task<Cost> Measure(WorstRequests.Worst request)
    {
        var cost = await country.Send(request);
        for (var attempt = 1; attempt < Attempts && cost.Cpu > MostCalibrations * CpuTime.Calibration; attempt++)
            cost = cost.OrLess(await country.Send(request));
        // What is allocated in all bounds what is in memory at once. Only where that is no bound it is sent again, and looked for.
        return cost.Allocated <= MostBytes ? cost : cost with { Live = await LiveBytes.Most(() => country.Send(request)) };
    }

    private void Print(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a request cost.</summary>
    internal sealed record Cost(int Status, TimeSpan Cpu, long Allocated, long Live)
    {
        public Cost OrLess(Cost other) => Cpu < other.Cpu ? this : other;

        public Cost OrMore(Cost other) => this with { Cpu = Cpu > other.Cpu ? Cpu : other.Cpu, Live = Math.Max(Live, other.Live) };
    }

    /// <summary>A registry with the sample country.</summary>
    public sealed class Country : IAsyncLifetime
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("registry-worst-");
        private WebApplication? _app;

        public async Task InitializeAsync()
        {
            _app = Gateway.Build(
                ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", _data.FullName, "--Registry:Sample", "kazakhstan"],
                builder => builder.Logging.ClearProviders());
            await _app.StartAsync();
        }

        public async Task DisposeAsync()
        {
            await _app!.StopAsync();
            await _app.DisposeAsync();
            _data.Delete(recursive: true);
        }

        internal async Task<Cost> Send(WorstRequests.Worst request)
        {
            using var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
            var client = new RegistryClient(http, request.Key);
            var method = new HttpMethod(request.Address[..request.Address.IndexOf(' ', StringComparison.Ordinal)]);
            var content = request.File is { } body ? RegistryClient.Content(body, request.MediaType) : null;
            using var process = Process.GetCurrentProcess();
            var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
            var reply = await client.Send(method, request.Address[(method.Method.Length + 1)..], content);
            process.Refresh();
            var allocated = GC.GetTotalAllocatedBytes() - bytes;
            return new(reply.Status, process.TotalProcessorTime - cpu, allocated, allocated);
        }
    }

    /// <summary>Other tests' work would be measured with it.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneInTheProcess;
}
