using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Registry.Cluster.Tests.Kills;

/// <summary>
/// Clients that apply while parts of the cluster are killed. One that gets no answer, or 503, sends the same application under the same key
/// to the next gateway, until it knows what became of it; how long that took counts for the kill that came last.
/// </summary>
public sealed class KillLoad : IAsyncDisposable
{
    private const int Clients = 16;

    // Cells on each side of a corner: enough that there is free ground to the end, and taken ground from the beginning.
    private const int Reach = 100;
    private const int LongestSide = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeforeTheNextGateway = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, string[]> _granted = new();
    private readonly ConcurrentQueue<(KillKind Kill, TimeSpan Took, bool Granted)> _known = new();
    private readonly ConcurrentDictionary<HttpStatusCode, int> _answers = new();
    private readonly Task _running;
    private volatile Uri[] _gateways;
    private volatile int _kill;
    private int _unanswered;

    /// <summary>Begins.</summary>
    /// <param name="cluster">To whose gateways the applications go.</param>
    public KillLoad(RegistryCluster cluster)
    {
        _gateways = AddressesOf(cluster);
        _running = Task.WhenAll(Enumerable.Range(0, Clients).Select(Run));
    }

    /// <summary>How long each application took until its client knew what became of it, by the kill that came last.</summary>
    public IReadOnlyCollection<(KillKind Kill, TimeSpan Took, bool Granted)> Known => _known;

    /// <summary>How many answers there were of each status.</summary>
    public IReadOnlyDictionary<HttpStatusCode, int> Answers => _answers;

    /// <summary>How many times a gateway did not answer.</summary>
    public int Unanswered => _unanswered;

    /// <summary>How many applications were acknowledged.</summary>
    public int Granted => _granted.Count;

    /// <summary>From now on it is this kill that applications wait for.</summary>
    public void Now(KillKind kill) => _kill = (int)kill;

    /// <summary>Gateways were started anew.</summary>
    public void Find(RegistryCluster cluster) => _gateways = AddressesOf(cluster);

    /// <summary>Ends when this many more applications are known to have been decided. A client that fails fails this.</summary>
    public async Task MoreKnown(int count)
    {
        var enough = _known.Count + count;
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var late = new CancellationTokenSource(KillDeadline.OfAStep);
        while (_known.Count < enough)
        {
            if (_running.IsCompleted)
                await _running;
            await again.WaitForNextTickAsync(late.Token);
        }
    }

    /// <summary>Ends when every client knows what became of its last application.</summary>
    public async Task End()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(KillDeadline.OfAStep);
    }

    /// <summary>No cell is in two applications that were acknowledged, and each of them is in the registry, with its cells.</summary>
    public async Task NothingWasLost()
    {
        var cells = _granted.Values.SelectMany(cells => cells).ToList();
        Assert.NotEmpty(cells);
        Assert.Equal(cells.Count, cells.Distinct().Count());
        using var client = new HttpClient { BaseAddress = _gateways[0] };
        await Parallel.ForEachAsync(_granted, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (application, stop) =>
        {
            var feature = await client.GetFromJsonAsync<JsonElement>($"/license-blocks/{application.Key}", stop);
            var there = feature.GetProperty("properties").GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!);
            Assert.Equal(application.Value.Order(), there.Order());
        });
    }

    /// <summary>
    /// No cell has two owners, of all license blocks that the registry shows to anybody: also those whose client never heard of it.
    /// </summary>
    public async Task NoCellHasTwoOwners()
    {
        using var client = new HttpClient { BaseAddress = _gateways[0] };
        var owners = new Dictionary<string, string>();
        var shown = new HashSet<string>();
        for (var page = "/collections/license-blocks/items?limit=1000&cells=true"; page is not null;)
        {
            var answer = await client.GetFromJsonAsync<JsonElement>(page);
            foreach (var feature in answer.GetProperty("features").EnumerateArray())
            {
                var id = feature.GetProperty("id").GetString()!;
                Assert.True(shown.Add(id), $"{id} is shown twice.");
                foreach (var cell in feature.GetProperty("properties").GetProperty("cells").EnumerateArray())
                    Assert.True(owners.TryAdd(cell.GetString()!, id), $"{cell} is of {owners[cell.GetString()!]} and of {id}.");
            }

            page = answer.GetProperty("links").EnumerateArray().FirstOrDefault(link => link.GetProperty("rel").GetString() == "next") is { ValueKind: JsonValueKind.Object } next
                ? next.GetProperty("href").GetString()
                : null;
        }

        Assert.Superset(_granted.Keys.ToHashSet(), shown);
    }

    /// <summary>Stops the clients; does not wait for them where the test has failed already.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }

    private static Uri[] AddressesOf(RegistryCluster cluster) => [.. cluster.Gateways.Select(gateway => gateway.Address)];

    private async Task Run(int number)
    {
        using var client = new HttpClient { Timeout = Patience };
        client.DefaultRequestHeaders.Authorization = new("Bearer", number % 2 == 0 ? "dev-applicant-a" : "dev-applicant-b");
        var random = new Random(number);
        using var pace = new PeriodicTimer(Pace);
        for (var i = 0; !_stop.IsCancellationRequested; i++, await pace.WaitForNextTickAsync(CancellationToken.None))
        {
            var cells = SheetCorners.Rectangle(
                random.Next(SheetCorners.Count),
                random.Next(-Reach, Reach), random.Next(-Reach, Reach), random.Next(1, LongestSide), random.Next(1, LongestSide));
            var since = Stopwatch.StartNew();
            var id = await UntilKnown(client, number, string.Create(CultureInfo.InvariantCulture, $"kills-{number}-{i}"), cells);
            Assert.True(id is null || _granted.TryAdd(id, cells));
            _known.Enqueue(((KillKind)_kill, since.Elapsed, id is not null));
        }
    }

    // The id when the application was acknowledged; null when it was refused.
    private async Task<string?> UntilKnown(HttpClient client, int number, string key, string[] cells)
    {
        using var again = new PeriodicTimer(BeforeTheNextGateway);
        for (var turn = number; ; turn++, await again.WaitForNextTickAsync(CancellationToken.None))
        {
            var gateways = _gateways;
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateways[turn % gateways.Length], "/license-blocks"))
            {
                Headers = { { "Idempotency-Key", key } },
                Content = JsonContent.Create(new { kind = "exploration", cells, commodities = new[] { "copper" } }),
            };
            try
            {
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                _answers.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
                if (answer.StatusCode == HttpStatusCode.Created)
                    return JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
                if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError)
                    return null;
                Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{(int)answer.StatusCode} {text}");
                Assert.NotNull(answer.Headers.RetryAfter);
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // The gateway is gone, or says nothing. The key makes asking the other one safe.
                Interlocked.Increment(ref _unanswered);
            }
        }
    }
}
