using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Tests.Acceptance;

/// <summary>
/// The three promises, kept by a real process that is killed in the middle: no cell has two owners, nothing acknowledged is
/// lost, and a refusal names the true holder.
/// </summary>
public sealed class RushForGroundTests
{
    private const int Clients = 64;
    private const int Applications = 20_000;

    // 40 x 40 cells at 68.0 E, 48.0 N: so little ground that most applications collide.
    private const int Side = 40;

    [Fact]
    public async Task Rushed_and_killed_the_registry_gives_no_cell_twice_and_loses_no_201()
    {
        using var directory = new TemporaryDirectory();
        var rush = new Rush();
        await using (var first = await RegistryProcess.Start(directory.Path))
        {
            var load = rush.Run(first, Applications / 2, stopsOnFailure: true);
            await rush.Reached(Applications / 4);
            await first.Kill();
            await load;
        }

        await using (var second = await RegistryProcess.Start(directory.Path))
        {
            await rush.Run(second, Applications - rush.Asked, stopsOnFailure: false);
            Assert.True(rush.Asked >= Applications);
            await rush.EveryAcknowledgedApplicationIsThere(second);
            Assert.Equal(0, await second.Terminate());
        }

        rush.NoCellWasGivenTwice();
        rush.EveryRefusalNamesTheHolder();
        await using var journal = await SqliteJournal.Open(directory.Path, TimeProvider.System, NullLogger.Instance);
        var report = await Verification.Run(journal);
        Assert.Empty(report.Faults);
    }

    private sealed class Rush
    {
        private readonly ConcurrentDictionary<string, string[]> _granted = new();
        private readonly ConcurrentBag<(string Cell, string Holder)> _conflicts = [];
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _target = int.MaxValue;
        private int _asked;

        public int Asked => _asked;

        public Task Reached(int target)
        {
            Volatile.Write(ref _target, target);
            return _reached.Task;
        }

        public Task Run(RegistryProcess registry, int count, bool stopsOnFailure)
        {
            var left = count;
            return Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
            {
                using var client = registry.Client(number % 2 == 0 ? "dev-applicant-a" : "dev-applicant-b");
                var random = new Random((count * 1000) + number);
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    try
                    {
                        await Apply(client, Ground(random));
                    }
                    catch (HttpRequestException) when (stopsOnFailure)
                    {
                        return;
                    }
                }
            }));
        }

        public async Task EveryAcknowledgedApplicationIsThere(RegistryProcess registry)
        {
            using var client = registry.Client();
            await Parallel.ForEachAsync(_granted, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (application, stop) =>
            {
                var feature = await client.GetFromJsonAsync<JsonElement>($"/license-blocks/{application.Key}", stop);
                var cells = feature.GetProperty("properties").GetProperty("cells").EnumerateArray().Select(cell => cell.GetString()!);
                Assert.Equal(application.Value.Order(), cells.Order());
            });
        }

        public void NoCellWasGivenTwice()
        {
            var cells = _granted.Values.SelectMany(cells => cells).ToList();
            Assert.NotEmpty(cells);
            Assert.Equal(cells.Count, cells.Distinct().Count());
        }

        public void EveryRefusalNamesTheHolder()
        {
            Assert.NotEmpty(_conflicts);
            var holders = _granted.SelectMany(application => application.Value.Select(cell => (cell, application.Key)))
                .ToDictionary(pair => pair.cell, pair => pair.Key);
            // A holder whose 201 was lost in the kill is known only from refusals; what is known must agree.
            Assert.All(_conflicts, conflict => Assert.Equal(holders.GetValueOrDefault(conflict.Cell, conflict.Holder), conflict.Holder));
        }

        private async Task Apply(HttpClient client, string[] cells)
        {
            using var answer = await client.PostAsJsonAsync("/license-blocks", new { kind = "exploration", cells, commodities = new[] { "copper" } });
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            switch (answer.StatusCode)
            {
                case HttpStatusCode.Created:
                    Assert.True(_granted.TryAdd(body.GetProperty("id").GetString()!, cells));
                    break;
                case HttpStatusCode.Conflict:
                    foreach (var conflict in body.GetProperty("conflicts").EnumerateArray())
                        _conflicts.Add((conflict.GetProperty("cell").GetString()!, conflict.GetProperty("licenseBlock").GetString()!));
                    break;
                default:
                    Assert.Fail($"{(int)answer.StatusCode}: {body}");
                    break;
            }

            if (Interlocked.Increment(ref _asked) >= Volatile.Read(ref _target))
                _reached.TrySetResult();
        }

        /// <summary>A rectangle of one to four cells each way, at random.</summary>
        private static string[] Ground(Random random)
        {
            var graticule = Graticule.Minute;
            var corner = graticule.CellAt(68.0001, 48.0001);
            var (height, width) = (random.Next(1, 4), random.Next(1, 4));
            var (row, column) = (graticule.Row(corner) + random.Next(Side - height), graticule.Column(corner) + random.Next(Side - width));
            return [.. from r in Enumerable.Range(row, height)
                       from c in Enumerable.Range(column, width)
                       select KazakhCode.Instance.Format(graticule.CellOf(r, c))];
        }
    }
}
