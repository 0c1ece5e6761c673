using System.Collections.Concurrent;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

/// <summary>Who follows the links from page to page sees each feature that stands throughout once, whatever others do meanwhile.</summary>
[Collection(OneServer.Name)]
public sealed class PagingUnderWritesTests(RegistryServer server)
{
    private const int Writers = 64;
    private const int WritesOfEach = 12;

    // In Kazakhstan, from 61.5 E, along 52 N, where two rows of sheets meet. All tests here take of it, one column after the other.
    private const int South = 52 * 60;
    private const int West = (61 * 60) + 30;
    private const int Columns = 970;

    private static int _ground;

    [Theory]
    [InlineData("items")]
    [InlineData("export")]
    public async Task Nothing_that_stands_throughout_is_left_out_or_given_twice_while_64_write(string address)
    {
        var standing = new HashSet<string>();
        for (var i = 0; i < 200; i++)
            standing.Add((await server.ApplicantA().Apply(FreshGround().Cells)).Id);

        var filed = new ConcurrentBag<string>();
        var relinquished = 0;
        var readMeanwhile = await ReadWhile(address, "license-blocks", Write, () => standing.Concat(filed));
        Assert.True(readMeanwhile > 0, "Nobody wrote while the collection was read.");
        Assert.Equal(Writers * WritesOfEach, filed.Distinct().Count());
        Assert.True(relinquished > 0, "No title left a sheet.");

        // Every third withdraws what it filed, which leaves the collection as it is and its own sheets busy; every third has a title
        // that gives up the cell in the first of its two sheets.
        async Task Write(int number)
        {
            for (var i = 0; i < WritesOfEach; i++)
            {
                var (ground, isOnTwoSheets) = FreshGround();
                var application = await server.ApplicantA().Apply(ground);
                filed.Add(application.Id);
                if (number % 3 == 0)
                {
                    Assert.Equal(200, (await server.ApplicantA().Act(application.Id, "withdraw")).Status);
                }
                else if (number % 3 == 1 && isOnTwoSheets)
                {
                    Assert.Equal(200, (await server.Registrar().Act(application.Id, "grant")).Status);
                    Assert.Equal(200, (await server.ApplicantA().Act(application.Id, "relinquish", $$"""{"cells":["{{ground[0]}}"]}""")).Status);
                    Interlocked.Increment(ref relinquished);
                }
            }
        }
    }

    [Theory]
    [InlineData("items")]
    [InlineData("export")]
    public async Task Nothing_that_stands_throughout_is_left_out_or_given_twice_while_64_move_it(string address)
    {
        var standing = new List<string>();
        for (var i = 0; i < Writers * 2; i++)
            standing.Add(await RegisterDeposit(i % 4, i));

        var readMeanwhile = await ReadWhile(address, "deposits", Write, () => standing);
        Assert.True(readMeanwhile > 0, "Nothing moved while the collection was read.");

        async Task Write(int number)
        {
            var random = new Random(number);
            for (var i = 0; i < WritesOfEach; i++)
            {
                var id = standing[(number * 2) + (i % 2)];
                var moved = await server.Registrar().Patch(
                    $"/deposits/{id}", $$"""{"geometry":{{Point(random.Next(4), random.Next(100))}}}""", (await server.Nobody().Get($"/deposits/{id}")).ETag);
                Assert.Equal(200, moved.Status);
            }
        }
    }

    /// <summary>Reads a collection again and again while 64 write.</summary>
    /// <param name="address">How it is read.</param>
    /// <param name="collection">Which.</param>
    /// <param name="write">What each writer does.</param>
    /// <param name="standing">What stands when it is called.</param>
    /// <returns>How often the collection was read while a writer wrote.</returns>
    private async Task<int> ReadWhile(string address, string collection, Func<int, Task> write, Func<IEnumerable<string>> standing)
    {
        var writers = Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => write(number))));
        var readMeanwhile = 0;
        do
        {
            string[] expected = [.. standing()];
            readMeanwhile += writers.IsCompleted ? 0 : 1;
            var seen = address == "items" ? await PageThrough(collection) : await Export(collection);
            Assert.Equal(seen.Count, seen.Distinct().Count());
            Assert.Empty(expected.Except(seen));
        }
        while (!writers.IsCompleted);

        await writers;
        return readMeanwhile;
    }

    private async Task<List<string>> PageThrough(string collection)
    {
        var seen = new List<string>();
        for (string? next = $"/collections/{collection}/items?limit=25"; next is not null;)
        {
            var page = (await server.Nobody().Get(next)).Json;
            seen.AddRange(page.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
            next = CellAddressTests.LinkTo(page, "next");
        }

        return seen;
    }

    private async Task<List<string>> Export(string collection) =>
    [
        .. (await server.Nobody().Get($"/collections/{collection}/export?f=geojson")).Json
            .GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!),
    ];

    private async Task<string> RegisterDeposit(int corner, int step)
    {
        var reply = await server.Registrar().Post(
            "/deposits", $$"""{"name":"D","status":"prospect","commodities":["copper"],"geometry":{{Point(corner, step)}}}""");
        Assert.Equal(201, reply.Status);
        return reply.Id;
    }

    /// <summary>A point on one of the four sheets.</summary>
    private static string Point(int corner, int step)
    {
        var (south, west) = (South + (corner < 2 ? -30 : 30), (66 * 60) + (corner % 2 == 0 ? -150 : 50) + step);
        return FormattableString.Invariant($$"""{"type":"Point","coordinates":[{{west / 60.0:R}},{{south / 60.0:R}}]}""");
    }

    /// <summary>Two cells, one above the other; every second pair lies on two sheets.</summary>
    private static (string[] Cells, bool IsOnTwoSheets) FreshGround()
    {
        var number = Interlocked.Increment(ref _ground);
        var (south, west) = (number % 2 == 0 ? South - 1 : South + 5 + (number / 2 / Columns * 3), West + (number / 2 % Columns));
        return ([Bodies.CodeAt(south, west), Bodies.CodeAt(south + 1, west)], south < South);
    }
}
