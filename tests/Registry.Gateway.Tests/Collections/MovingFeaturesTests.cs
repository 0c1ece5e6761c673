using System.Globalization;
using System.Text.Json;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections;

/// <summary>
/// A feature is given by the first sheet that it lies on. Between the pages of one reading features change their sheets, to earlier ones
/// and to later ones, and the registry is restarted: each is given once all the same.
/// </summary>
public sealed class MovingFeaturesTests : IAsyncLifetime
{
    // Where L-41, L-42, M-41 and M-42 meet, in minutes.
    private const int MiddleSouth = 48 * 60;
    private const int MiddleWest = 66 * 60;

    private static readonly (int South, int West)[] Corners =
        [(MiddleSouth - 60, MiddleWest - 60), (MiddleSouth - 60, MiddleWest + 60), (MiddleSouth + 60, MiddleWest - 60), (MiddleSouth + 60, MiddleWest + 60)];

    private readonly DurableServer _server = new();

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

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
        for (var reading = 0; reading < (restarts ? 2 : 4); reading++)
        {
            Assert.Equal(deposits.Order(), (await PageThrough("deposits", async page =>
            {
                for (var i = 0; i < 6; i++)
                {
                    var id = deposits[random.Next(deposits.Count)];
                    var geometry = random.Next(3) == 0 ? OnAllSheets() : Point(random.Next(4), random.Next(50));
                    Assert.Equal(200, (await Patch(id, $$"""{"geometry":{{geometry}}}""")).Status);
                }

                if (restarts && page % 2 == 0)
                    await _server.Restart();
            })).Order());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Titles_that_give_up_their_ground_on_the_first_sheet_between_pages_are_given_once(bool restarts)
    {
        var titles = new List<(string Id, string First)>();
        for (var i = 0; i < 12; i++)
        {
            var cells = new[] { Bodies.CodeAt(MiddleSouth - 1, MiddleWest + (2 * i)), Bodies.CodeAt(MiddleSouth, MiddleWest + (2 * i)) };
            var id = (await _server.Applicant().Apply(cells)).Id;
            Assert.Equal(200, (await _server.Registrar().Act(id, "grant")).Status);
            titles.Add((id, cells[0]));
        }

        var left = new Queue<(string Id, string First)>(titles.AsEnumerable().Reverse());
        var read = await PageThrough("license-blocks", async page =>
        {
            for (var i = 0; i < 4 && left.TryDequeue(out var title); i++)
                Assert.Equal(200, (await _server.Applicant().Act(title.Id, "relinquish", $$"""{"cells":["{{title.First}}"]}""")).Status);
            if (restarts && page == 1)
                await _server.Restart();
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
            Assert.Equal(made.Order(), (await PageThrough("deposits", _ => Task.CompletedTask)).Order());
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
        await PageThrough("deposits", async page =>
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

    private async Task<List<string>> PageThrough(string collection, Func<int, Task> afterPage, Action<IReadOnlyList<JsonElement>>? look = null)
    {
        var seen = new List<string>();
        var next = $"/collections/{collection}/items?limit=3";
        for (var page = 0; next is not null; page++)
        {
            var reply = (await _server.Nobody().Get(next)).Json;
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
        var reply = await _server.Registrar().Post(
            "/deposits", $$"""{"name":"D","status":"prospect","commodities":["copper"],"geometry":{{geometry}}}""");
        Assert.Equal(201, reply.Status);
        return reply;
    }

    private async Task<Reply> Patch(string id, string patch) =>
        await _server.Registrar().Patch($"/deposits/{id}", patch, (await _server.Nobody().Get($"/deposits/{id}")).ETag);

    private static string Point(int corner, int step) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"Point","coordinates":[{{(Corners[corner].West + (step % 50)) / 60.0}},{{Corners[corner].South / 60.0}}]}""");

    private static string OnAllSheets() => Bodies.Rectangle(MiddleSouth - 2, MiddleWest - 2, MiddleSouth + 2, MiddleWest + 2);
}
