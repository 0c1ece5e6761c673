using System.Globalization;
using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Statistics;

/// <summary>The counters of the sheets, held against a count of the features that a reader sees, over a random history of some years.</summary>
public sealed class RecountTests : IAsyncLifetime
{
    private const int Changes = 280;

    private static readonly string[] Commodities = ["lithium", "copper", "gold", "tungsten"];
    private static readonly string[] Effects = ["exclude", "consent", "condition"];
    private static readonly string[] Statuses = ["occurrence", "prospect", "deposit", "developed", "closed"];

    private readonly RegistryServer _server = new();
    private readonly Random _random = new(2026);
    private readonly List<(string Id, string[] Cells, bool IsOfA)> _titles = [];
    private readonly Dictionary<string, DateTimeOffset> _deposits = [];
    private readonly Dictionary<string, DateTimeOffset> _areas = [];
    private DateTimeOffset _now = DateTimeOffset.UtcNow;
    private int _ground;

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_statistics_are_what_counting_the_features_gives_now_and_as_at_each_instant()
    {
        var counted = new List<(string Instant, Dictionary<string, Counted> Blocks, Dictionary<string, Counted> Deposits, Dictionary<string, Counted> Areas)>();
        for (var i = 1; i <= Changes; i++)
        {
            await Change();
            if (i % 40 != 0)
                continue;
            var blocks = Recount.LicenseBlocks(await Features("license-blocks", "&cells=true"));
            var deposits = Recount.Deposits(await Features("deposits", ""), _deposits);
            var areas = Recount.Areas(await Features("areas", ""), _areas);
            var statistics = await Statistics("");
            Same(blocks, Recount.Rows(statistics, "license-blocks"));
            Same(deposits, Recount.Rows(statistics, "deposits"));
            Same(areas, Recount.Rows(statistics, "areas"));
            counted.Add((statistics.GetProperty("timeStamp").GetString()!, blocks, deposits, areas));
            await Pass(TimeSpan.FromMinutes(1));
        }

        foreach (var (instant, blocks, deposits, areas) in counted)
        {
            var statistics = await Statistics($"?as-at={instant}");
            Same(blocks, Recount.Rows(statistics, "license-blocks"));
            Same(deposits, Recount.Rows(statistics, "deposits"));
            Same(areas, Recount.Rows(statistics, "areas"));
        }

        // A history in which hardly anything happened would prove little.
        var (_, last, _, _) = counted[^1];
        foreach (var word in (string[])["status  granted", "status  applied", "status  withdrawn", "status  surrendered", "status  expired", "origin foreign", "sheet L-", "sheet M-", "region ", "criticalList EU 2024 strategic"])
            Assert.True(last.Keys.Any(key => key.StartsWith(word, StringComparison.Ordinal)), $"Nothing was counted by {word}.");
        Assert.True(last.Keys.Where(key => key.StartsWith("region ", StringComparison.Ordinal)).Select(key => key.Split(' ')[1]).Distinct().Count() > 1);
        Assert.All(Effects, effect => Assert.Contains($"status  {effect}", counted[^1].Areas.Keys));
    }

    private static void Same(Dictionary<string, Counted> expected, Dictionary<string, Counted> actual)
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (key, row) in expected)
        {
            Assert.Equal((key, row.Count, row.Cells), (key, actual[key].Count, actual[key].Cells));
            // A feature shows its area with four decimals.
            Assert.Equal(row.AreaKm2, actual[key].AreaKm2, 5.1e-5 * row.Count);
        }
    }

    private async Task Change()
    {
        switch (_random.Next(11))
        {
            case 0 or 1 or 2 or 3:
                await Apply();
                break;
            case 4 or 5 or 6 when _titles.Count > 0:
                await Act(_titles[_random.Next(_titles.Count)]);
                break;
            case 7:
                await Pass(TimeSpan.FromDays(_random.Next(1, 150)));
                break;
            case 8 when _deposits.Count > 0:
                var id = _deposits.Keys.ElementAt(_random.Next(_deposits.Count));
                var known = await _server.Nobody().Get($"/deposits/{id}");
                Assert.Equal(200, (await _server.Registrar().Patch($"/deposits/{id}", $$"""
                    {"status":"{{Statuses[_random.Next(5)]}}","commodities":{{SomeCommodities()}},"geometry":{{Point()}}}
                    """, known.ETag)).Status);
                break;
            case 9:
                await Restrict();
                break;
            default:
                var registered = await _server.Registrar().Post(
                    "/deposits", $$"""{"name":"D","status":"prospect","commodities":{{SomeCommodities()}},"geometry":{{Point()}}}""");
                Assert.Equal(201, registered.Status);
                _deposits.Add(registered.Id, _now);
                break;
        }
    }

    // North of every title, and far from where a region or a sheet ends.
    private async Task Restrict()
    {
        var (longitude, latitude) = (70 + _random.NextDouble() + (3 * _random.Next(2)), 49.3 + (_random.NextDouble() / 2));
        var registered = await _server.Registrar().Post("/areas", string.Create(CultureInfo.InvariantCulture, $$$"""
            {"name":"Well","effect":"{{{Effects[_random.Next(3)]}}}","geometry":{"type":"Point","coordinates":[{{{longitude}}},{{{latitude}}}]},"bufferMetres":{{{_random.Next(4000)}}},"legalBasis":"Art. 25"}
            """));
        Assert.True(registered.Status == 201, registered.Text);
        _areas.Add(registered.Id, _now);
    }

    // Four cells that hang together, on two sheets as often as not.
    private async Task Apply()
    {
        var (south, west) = ((48 * 60) - _random.Next(4) + (_random.Next(2) * 20), (60 * 60) + (3 * ++_ground));
        string[] cells = [.. Enumerable.Range(0, 4).Select(step => Bodies.CodeAt(south + step, west))];
        var isOfA = _random.Next(2) == 0;
        var kind = _random.Next(3) == 0 ? "geologicalStudy" : "exploration";
        var body = $$"""{"kind":"{{kind}}","cells":{{JsonSerializer.Serialize(cells)}},"commodities":{{SomeCommodities()}}}""";
        var reply = await (isOfA ? _server.ApplicantA() : _server.ApplicantB()).Post("/license-blocks", body);
        Assert.True(reply.Status == 201, reply.Text);
        _titles.Add((reply.Id, cells, isOfA));
    }

    // Refusals are part of it: a title may be in any status.
    private async Task Act((string Id, string[] Cells, bool IsOfA) title)
    {
        var holder = title.IsOfA ? _server.ApplicantA() : _server.ApplicantB();
        var answered = _random.Next(8) switch
        {
            0 or 1 or 2 => await _server.Registrar().Act(title.Id, "grant"),
            3 => await _server.Registrar().Act(title.Id, "refuse", """{"reason":"Incomplete."}"""),
            4 => await holder.Act(title.Id, "withdraw"),
            5 => await holder.Act(title.Id, "surrender"),
            _ => await holder.Act(title.Id, "relinquish", $$"""{"cells":["{{title.Cells[0]}}"]}"""),
        };
        Assert.Contains(answered.Status, new[] { 200, 409, 422 });
    }

    private async Task Pass(TimeSpan time)
    {
        _now += time;
        var moved = await _server.Operator().Post("/development/clock", $$"""{"now":"{{_now.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}}"}""");
        Assert.True(moved.Status == 200, moved.Text);
    }

    private string SomeCommodities() => JsonSerializer.Serialize(Commodities.Where(_ => _random.Next(2) == 0).DefaultIfEmpty("zinc"));

    private string Point() => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"Point","coordinates":[{{66 + ((_random.NextDouble() - 0.5) * 8)}},{{48 + ((_random.NextDouble() - 0.5) * 4)}}]}""");

    private async Task<IReadOnlyList<JsonElement>> Features(string collection, string query)
    {
        var reply = await _server.Nobody().Get($"/collections/{collection}/items?limit=10000{query}");
        return [.. reply.Json.GetProperty("features").EnumerateArray()];
    }

    private async Task<JsonElement> Statistics(string query)
    {
        var reply = await _server.Nobody().Get($"/statistics{query}");
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Json;
    }
}
