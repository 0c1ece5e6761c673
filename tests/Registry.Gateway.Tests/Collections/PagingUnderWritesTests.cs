using System.Collections.Concurrent;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

/// <summary>Who follows the links from page to page sees each feature that stands throughout once, whatever others do meanwhile.</summary>
public sealed class PagingUnderWritesTests : IAsyncLifetime
{
    private const int Writers = 64;
    private const int WritesOfEach = 12;

    // Columns of cells in Kazakhstan about 48 N, where four sheets meet at 66 E: half of the ground lies on two sheets.
    private const int Columns = 160;
    private const int West = (66 * 60) - Columns;

    private readonly RegistryServer _server = new();
    private int _ground;

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("items")]
    [InlineData("export")]
    public async Task Nothing_that_stands_throughout_is_left_out_or_given_twice_while_64_write(string address)
    {
        var standing = new HashSet<string>();
        for (var i = 0; i < 200; i++)
            standing.Add((await _server.ApplicantA().Apply(FreshGround())).Id);

        var written = new ConcurrentBag<string>();
        var firstWritten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => Write(number))));
        await firstWritten.Task;
        var writtenWhileReading = 0;
        do
        {
            var before = written.Count;
            var seen = address == "items" ? await PageThrough() : await Export();
            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Empty(standing.Except(seen));
            writtenWhileReading += written.Count - before;
        }
        while (!writers.IsCompleted);

        await writers;
        Assert.True(writtenWhileReading > 0, "Nobody wrote while the collection was read.");
        Assert.Equal(Writers * WritesOfEach, written.Distinct().Count());

        // Every third withdraws what it filed, which leaves the collection as it is and its own sheets busy.
        async Task Write(int number)
        {
            for (var i = 0; i < WritesOfEach; i++)
            {
                var filed = await _server.ApplicantA().Apply(FreshGround());
                written.Add(filed.Id);
                firstWritten.TrySetResult();
                if (number % 3 == 0)
                    Assert.Equal(200, (await _server.ApplicantA().Act(filed.Id, "withdraw")).Status);
            }
        }
    }

    private async Task<List<string>> PageThrough()
    {
        var seen = new List<string>();
        for (string? next = "/collections/license-blocks/items?limit=25"; next is not null;)
        {
            var page = (await _server.Nobody().Get(next)).Json;
            seen.AddRange(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            next = CellAddressTests.LinkTo(page, "next");
        }

        return seen;
    }

    private async Task<List<string>> Export() =>
    [
        .. (await _server.Nobody().Get("/collections/license-blocks/export?f=geojson")).Json
            .GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!),
    ];

    /// <summary>Two cells, one above the other, next to no others; every second pair lies on two sheets.</summary>
    private string[] FreshGround()
    {
        var number = Interlocked.Increment(ref _ground);
        var (south, west) = ((48 * 60) - 1 + (number / Columns * 3), West + (number % Columns * 2));
        return [Bodies.CodeAt(south, west), Bodies.CodeAt(south + 1, west)];
    }
}
