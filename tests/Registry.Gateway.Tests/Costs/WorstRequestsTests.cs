using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Registry.Gateway.Tests.Serving;
using Xunit.Abstractions;

namespace Registry.Gateway.Tests.Costs;

/// <summary>
/// Sends the worst requests that are known to a registry with the sample country, one after another, and measures what each costs: CPU time of
/// the whole process, and bytes allocated, of which fewer are in memory at once. Nothing else runs in the process meanwhile.
/// </summary>
[Collection(Alone)]
public sealed class WorstRequestsTests(ITestOutputHelper output) : IAsyncLifetime
{
    // The worst took 25, on a busy machine, which lengthens CPU time by what is lost of caches. What has no bound takes thousands.
    private const double MostCalibrations = 100;

    private const string Alone = "alone in the process, whose processor time is measured";

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

    [Fact]
    public Task No_request_of_a_megabyte_costs_more_than_it_may() => Measure(new Random(20_281_104), rounds: 1);

    private async Task Measure(Random random, int rounds)
    {
        var limit = MostCalibrations * CpuTime.Calibration;
        var table = new SortedDictionary<string, (double Milliseconds, double Megabytes, string What)>(StringComparer.Ordinal);
        var beyond = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var request in WorstRequests.All(random))
            {
                var (cpu, bytes, status) = await Cost(request);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{request.Address} | {request.What} | {status} | {cpu.TotalMilliseconds:0} ms | {bytes / 1e6:0} MB"));
                Assert.True(status is >= 200 and < 500 or 503, $"{request.Address} ({request.What}): {status}");
                if (!table.TryGetValue(request.Address, out var worst) || worst.Milliseconds < cpu.TotalMilliseconds)
                    table[request.Address] = (cpu.TotalMilliseconds, Math.Max(worst.Megabytes, bytes / 1e6), request.What);
                if (cpu > limit)
                    beyond.Add(string.Create(CultureInfo.InvariantCulture, $"{request.Address} ({request.What}): {cpu.TotalMilliseconds:0} ms"));
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calibration {CpuTime.Calibration.TotalMilliseconds:0} ms"));
        foreach (var (address, (milliseconds, megabytes, what)) in table)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{address}` | {what} | {milliseconds:0} ms | {megabytes:0} MB |"));
        Assert.Empty(beyond);
    }

    private async Task<(TimeSpan Cpu, long Bytes, int Status)> Cost(WorstRequests.Worst request)
    {
        using var http = new HttpClient { BaseAddress = new Uri(_app!.Urls.First()) };
        var client = new RegistryClient(http, request.Key);
        var method = new HttpMethod(request.Address[..request.Address.IndexOf(' ', StringComparison.Ordinal)]);
        var body = request.Body is null ? null : Encoding.UTF8.GetBytes(request.Body);
        using var process = Process.GetCurrentProcess();
        var (cpu, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
        var reply = await client.Send(
            method, request.Address[(method.Method.Length + 1)..], body is null ? null : RegistryClient.Content(body, request.MediaType));
        process.Refresh();
        return (process.TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes() - bytes, reply.Status);
    }

    /// <summary>Other tests' work would be measured with it.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneInTheProcess;
}
