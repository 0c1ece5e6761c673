using System.Text.Json;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

/// <summary>
/// A feature is given by the first sheet that it lies on. Between the pages of one reading features change their sheets, to earlier ones
/// and to later ones, and the registry is restarted: each is given once all the same.
/// </summary>
[Collection(OneServer.Name)]
public sealed class MovingFeaturesTests(DurableServer server) : IClassFixture<DurableServer>
{
    // Along it, in minutes, four sheets meet every six degrees: L-40, L-41, M-40 and M-41 are the first.
    private const int MiddleSouth = 48 * 60;

    private static readonly int[] Middles = [60 * 60, 66 * 60, 72 * 60, 78 * 60];
    private static int _middles;
    private static int _titles;

    // Each test of deposits has a middle of its own.
    private readonly Lazy<int> _middleWest = new(() => Middles[Interlocked.Increment(ref _middles) - 1]);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deposits_that_move_between_pages_are_given_once(bool restarts)
    {
        var deposits = new List<string>();
        for (var i = 0; i < 24; i++)
            deposits.Add((await Register(Point(i % 4, i))).Id);

        // Each page is followed by moves to every sheet from every sheet, of some that were given and some that were not.
        var random = new Random(4);
        for (var reading = 0; reading < (restarts ? 1 : 4); reading++)
        {
            Assert.Equal(deposits.Order(), (await PageThrough(Deposits, async page =>
            {
                for (var i = 0; i < 6; i++)
                {
                    var id = deposits[random.Next(deposits.Count)];
                    var geometry = random.Next(3) == 0 ? OnAllSheets() : Point(random.Next(4), random.Next(50));
                    Assert.Equal(200, (await Patch(id, $$"""{"geometry":{{geometry}}}""")).Status);
                }

                if (restarts && page % 4 == 1)
                    await server.Restart();
            })).Order());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Titles_that_give_up_their_ground_on_the_first_sheet_between_pages_are_given_once(bool restarts)
    {
        var titles = new List<(string Id, string First)>();
        var west = (60 * 60) + (Interlocked.Increment(ref _titles) * 30);
        for (var i = 0; i < 12; i++)
        {
            var cells = new[] { Bodies.CodeAt(MiddleSouth - 1, west + (2 * i)), Bodies.CodeAt(MiddleSouth, west + (2 * i)) };
            var id = (await server.Applicant().Apply(cells)).Id;
            Assert.Equal(200, (await server.Registrar().Act(id, "grant")).Status);
            titles.Add((id, cells[0]));
        }

        var left = new Queue<(string Id, string First)>(titles.AsEnumerable().Reverse());
        var read = await PageThrough(Within("license-blocks", MiddleSouth - 1, west, MiddleSouth + 1, west + 23), async page =>
        {
            for (var i = 0; i < 4 && left.TryDequeue(out var title); i++)
                Assert.Equal(200, (await server.Applicant().Act(title.Id, "relinquish", $$"""{"cells":["{{title.First}}"]}""")).Status);
            if (restarts && page == 1)
                await server.Restart();
        });
        Assert.Equal(titles.Select(title => title.Id).Order(), read.Order());
        Assert.Empty(left);
    }

    [Fact]
    public async Task What_is_registered_and_moved_before_the_first_page_is_on_the_pages()
    {
        var made = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            made.Add((await Register(Point(i % 4, i))).Id);
            Assert.Equal(200, (await Patch(made[^1], $$"""{"geometry":{{Point((i + 1) % 4, i)}}}""")).Status);
            Assert.Equal(made.Order(), (await PageThrough(Deposits, _ => Task.CompletedTask)).Order());
        }
    }

    [Fact]
    public async Task A_page_of_a_paging_that_saw_a_move_still_shows_what_the_others_show_now()
    {
        // Registered first, so that the moved one is last on its sheet.
        var still = (await Register(Point(3, 0))).Id;
        await Register(Point(0, 1));
        await Register(Point(0, 2));
        var moved = (await Register(Point(1, 3))).Id;
        await PageThrough(Deposits, async page =>
        {
            if (page > 0)
                return;
            Assert.Equal(200, (await Patch(moved, $$"""{"geometry":{{Point(0, 3)}}}""")).Status);
            Assert.Equal(200, (await Patch(still, """{"name":"Changed meanwhile"}""")).Status);
        }, features =>
        {
            foreach (var feature in features.Where(feature => feature.GetProperty("id").GetString() == still))
                Assert.Equal("Changed meanwhile", feature.GetProperty("properties").GetProperty("name").GetString());
        });
    }

    private int MiddleWest => _middleWest.Value;

    private string Deposits => Within("deposits", MiddleSouth - 61, MiddleWest - 61, MiddleSouth + 60.5, MiddleWest + 111);

    private static string Within(string collection, double south, double west, double north, double east) => FormattableString.Invariant(
        $"/collections/{collection}/items?limit=3&bbox={west / 60:R},{south / 60:R},{east / 60:R},{north / 60:R}");

    private async Task<List<string>> PageThrough(string first, Func<int, Task> afterPage, Action<IReadOnlyList<JsonElement>>? look = null)
    {
        var seen = new List<string>();
        var next = first;
        for (var page = 0; next is not null; page++)
        {
            var reply = (await server.Nobody().Get(next)).Json;
            List<JsonElement> features = [.. reply.GetProperty("features").EnumerateArray()];
            look?.Invoke(features);
            seen.AddRange(features.Select(feature => feature.GetProperty("id").GetString()!));
            next = CellAddressTests.LinkTo(reply, "next") is { } link ? new Uri(link).PathAndQuery : null;
            await afterPage(page);
        }

        return seen;
    }

    private async Task<Reply> Register(string geometry)
    {
        var reply = await server.Registrar().Post(
            "/deposits", $$"""{"name":"D","status":"prospect","commodities":["copper"],"geometry":{{geometry}}}""");
        Assert.Equal(201, reply.Status);
        return reply;
    }

    private async Task<Reply> Patch(string id, string patch) =>
        await server.Registrar().Patch($"/deposits/{id}", patch, (await server.Nobody().Get($"/deposits/{id}")).ETag);

    /// <summary>A point on one of the four sheets around the middle.</summary>
    private string Point(int corner, int step)
    {
        var (south, west) = (MiddleSouth + (corner < 2 ? -60 : 60), MiddleWest + (corner % 2 == 0 ? -60 : 60) + (step % 50));
        return FormattableString.Invariant($$"""{"type":"Point","coordinates":[{{west / 60.0:R}},{{south / 60.0:R}}]}""");
    }

    private string OnAllSheets() => Bodies.Rectangle(MiddleSouth - 2, MiddleWest - 2, MiddleSouth + 2, MiddleWest + 2);
}
