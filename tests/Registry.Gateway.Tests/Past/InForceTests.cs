using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Past;

/// <summary><c>datetime</c>: what was in force, as is known now; beside <c>as-at</c>, what the register said.</summary>
[Collection(OneServer.Name)]
public sealed class InForceTests(DurableServer server) : IClassFixture<DurableServer>
{
    [Fact]
    public async Task A_title_is_there_from_its_application_to_its_end_and_shown_as_it_is_now()
    {
        var (south, west) = Bodies.FreshCorner();
        var box = FormattableString.Invariant($"bbox={(west + 0.1) / 60:R},{(south + 0.1) / 60:R},{(west + 0.9) / 60:R},{(south + 0.9) / 60:R}");
        var before = await Now();
        var title = await server.Applicant().Apply(Bodies.CodeAt(south, west));
        var applied = await Now();
        await server.Registrar().Act(title.Id, "grant");
        var granted = await Now();
        await server.Applicant().Act(title.Id, "surrender");
        var after = await Now();

        foreach (var (time, found) in new (string, bool)[]
        {
            (before, false), ($"../{before}", false), (applied, true), (granted, true), (after, false), ($"{after}/..", false), ($"{before}/{after}", true),
            ($"{granted}/..", true), ($"../{granted}", true), ("2000-01-01", false), ("2999-01-01", false), ("2000-01-01/2999-01-01", true),
        })
        {
            foreach (var address in new[] { "items?limit=100", "export?f=geojson" })
            {
                var reply = await server.Nobody().Get($"/collections/license-blocks/{address}&{box}&datetime={time}");
                Assert.True(reply.Status == 200, reply.Text);
                var features = reply.Json.GetProperty("features").EnumerateArray().ToList();
                Assert.True(features.Count == (found ? 1 : 0), $"{address} {time}: {features.Count}");
                Assert.All(features, feature => Assert.Equal("surrendered", feature.GetProperty("properties").GetProperty("status").GetString()));
            }
        }

        var said = await server.Nobody().Get($"/collections/license-blocks/items?{box}&as-at={granted}");
        Assert.Equal("granted", said.Json.GetProperty("features")[0].GetProperty("properties").GetProperty("status").GetString());
        var both = await server.Nobody().Get($"/collections/license-blocks/items?{box}&as-at={granted}&datetime={after}");
        Assert.Equal("granted", both.Json.GetProperty("features")[0].GetProperty("properties").GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_area_is_there_on_its_dates_and_what_has_no_time_always()
    {
        var (south, west) = Bodies.FreshCorner();
        var area = await server.Registrar().Post("/areas", $$"""
            {"name":"Nesting season","effect":"consent","legalBasis":"Act","validFrom":"2030-04-01","validTo":"2030-06-30","geometry":{{Bodies.Rectangle(south, west, south + 1, west + 1)}}}
            """);
        Assert.Equal(201, area.Status);
        // The dates are the registry's, five hours before those of UTC.
        foreach (var (time, found) in new (string, bool)[]
        {
            ("2030-03-31", false), ("2030-04-01", true), ("2030-06-30", true), ("2030-07-01", false), ("2030-03-31T18:59:59Z", false), ("2030-03-31T19:00:00Z", true),
            ("2030-06-30T23:59:59+05:00", true), ("2030-06-30T19:00:00Z", false), ("../2030-03-31", false), ("2030-06-30/..", true), ("2029-01-01/2031-01-01", true),
        })
        {
            var reply = await server.Nobody().Get($"/collections/areas/items?limit=1000&datetime={time.Replace("+", "%2B", StringComparison.Ordinal)}");
            Assert.True(reply.Status == 200, reply.Text);
            Assert.Equal((time, found), (time, reply.Text.Contains(area.Id, StringComparison.Ordinal)));
        }

        Assert.Equal(26, (await server.Nobody().Get("/collections/sheets/items?datetime=1990-01-01")).Json.GetProperty("numberMatched").GetInt32());
    }

    [Fact]
    public async Task Pages_of_one_time_are_none_of_another()
    {
        await server.Applicant().Apply(Bodies.FreshCells(1));
        await server.Applicant().Apply(Bodies.FreshCells(1));
        var page = (await server.Nobody().Get("/collections/license-blocks/items?limit=1&datetime=2000-01-01/..")).Json.GetProperty("links").EnumerateArray()
            .Single(link => link.GetProperty("rel").GetString() == "next").GetProperty("href").GetString()!;
        Assert.Equal(200, (await server.Nobody().Get(new Uri(page).PathAndQuery)).Status);
        var token = page[page.IndexOf("page=", StringComparison.Ordinal)..];
        Assert.Equal(["page"], (await server.Nobody().Get($"/collections/license-blocks/items?{token}&datetime=2001-01-01/..")).IsProblem(400, "malformed").Pointers);
    }

    private async Task<string> Now() =>
        (await server.Nobody().Get("/collections/areas/items?limit=1")).Json.GetProperty("timeStamp").GetString()!;
}
