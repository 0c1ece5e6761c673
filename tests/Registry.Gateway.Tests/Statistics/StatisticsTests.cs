using System.Text.Json;
using Registry.Gateway.Tests.Past;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Statistics;

/// <summary>The numbers of a register that only this class writes.</summary>
public sealed class StatisticsTests(DurableServer server) : IClassFixture<DurableServer>
{
    [Fact]
    public async Task The_numbers_follow_the_register_and_those_of_the_past_stay()
    {
        var (south, west) = Bodies.FreshCorner();
        var title = await server.Applicant().Apply(Bodies.CodeAt(south, west), Bodies.CodeAt(south, west + 1));
        await server.Applicant().Apply(Bodies.CodeAt(south + 1, west));
        var then = (await Json("/statistics")).GetProperty("timeStamp").GetString()!;
        var (json, csv) = (await Text($"/statistics?as-at={then}"), await Text($"/statistics?f=csv&as-at={then}"));

        Assert.Equal(200, (await server.Registrar().Act(title.Id, "grant")).Status);

        var area = title.Properties.GetProperty("areaKm2").GetDouble();
        var byStatus = Rows(await Json("/statistics"), "status");
        Assert.Equal(["applied", "granted"], byStatus.Select(row => row.GetProperty("status").GetString()));
        Assert.Equal((1, 2), (byStatus[1].GetProperty("count").GetInt32(), byStatus[1].GetProperty("cells").GetInt32()));
        Assert.Equal(area, byStatus[1].GetProperty("areaKm2").GetDouble(), 3);
        foreach (var by in new[] { "kind", "yearFiled", "commodity", "country", "origin", "sheet", "region" })
            Assert.Equal(2, Rows(await Json("/statistics"), by).Sum(row => row.GetProperty("count").GetInt32()));
        Assert.Equal("granted", Assert.Single(Rows(await Json("/statistics"), "yearGranted")).GetProperty("status").GetString());
        Assert.Contains("license-blocks,status,,granted,1,2,", await Text("/statistics?f=csv"), StringComparison.Ordinal);

        Assert.Equal(2, Assert.Single(Rows(JsonDocument.Parse(json).RootElement, "status")).GetProperty("count").GetInt32());
        Assert.Equal(json, await Text($"/statistics?as-at={then}"));
        await server.Restart();
        Assert.Equal((json, csv), (await Text($"/statistics?as-at={then}"), await Text($"/statistics?f=csv&as-at={then}")));
    }

    [Theory]
    [InlineData("?f=xml", "f")]
    [InlineData("?as-at=2999-01-01T00:00:00Z", "as-at")]
    [InlineData("?by=status", "by")]
    public async Task A_malformed_parameter_is_refused_by_its_name(string query, string name) =>
        Assert.Equal([name], (await server.Nobody().Get($"/statistics{query}")).IsProblem(400, "malformed").Pointers);

    private static JsonElement[] Rows(JsonElement statistics, string by) =>
        [.. statistics.GetProperty("license-blocks").GetProperty(by).EnumerateArray()];

    private async Task<JsonElement> Json(string address) => JsonDocument.Parse(await Text(address)).RootElement;

    private async Task<string> Text(string address)
    {
        var reply = await server.Nobody().Get(address);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Text;
    }
}
