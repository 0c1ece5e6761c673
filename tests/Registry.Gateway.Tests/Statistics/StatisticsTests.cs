using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Statistics;

/// <summary>The numbers, by how they change with what is registered.</summary>
[Collection(OneServer.Name)]
public sealed class StatisticsTests(RegistryServer server)
{
    [Fact]
    public async Task The_numbers_follow_the_register_and_those_of_the_past_stay()
    {
        var (south, west) = Bodies.FreshCorner();
        var before = await Json("/statistics");
        var title = await server.ApplicantA().Apply(Bodies.CodeAt(south, west), Bodies.CodeAt(south, west + 1));
        await server.ApplicantA().Apply(Bodies.CodeAt(south + 1, west));
        var applied = await Json("/statistics");
        var then = applied.GetProperty("timeStamp").GetString()!;
        var (json, csv) = (await Text($"/statistics?as-at={then}"), await Text($"/statistics?f=csv&as-at={then}"));

        Assert.Equal(200, (await server.Registrar().Act(title.Id, "grant")).Status);

        var granted = await Json("/statistics");
        Assert.Equal((-1, -2), Change(applied, granted, "status", "applied"));
        Assert.Equal((1, 2), Change(applied, granted, "status", "granted"));
        Assert.Equal((1, 2), Change(applied, granted, "yearGranted", "granted"));
        Assert.Equal(
            title.Properties.GetProperty("areaKm2").GetDouble(), Area(granted, "granted") - Area(applied, "granted"), tolerance: 0.001);
        foreach (var by in new[] { "kind", "yearFiled", "commodity", "country", "origin", "sheet", "region" })
            Assert.Equal((2, 3), Change(before, granted, by));
        var (count, cells) = Sum(granted, "status", "granted");
        Assert.Contains($"license-blocks,status,,granted,{count},{cells},", await Text("/statistics?f=csv"), StringComparison.Ordinal);

        Assert.Equal(Sum(applied, "status"), Sum(JsonDocument.Parse(json).RootElement, "status"));
        Assert.Equal(json, await Text($"/statistics?as-at={then}"));
        Assert.Equal(csv, await Text($"/statistics?f=csv&as-at={then}"));
    }

    [Theory]
    [InlineData("?f=xml", "f")]
    [InlineData("?as-at=2999-01-01T00:00:00Z", "as-at")]
    [InlineData("?by=status", "by")]
    public async Task A_malformed_parameter_is_refused_by_its_name(string query, string name) =>
        Assert.Equal([name], (await server.Nobody().Get($"/statistics{query}")).IsProblem(400, "malformed").Pointers);

    private static (int Count, int Cells) Change(JsonElement before, JsonElement after, string by, string? status = null)
    {
        var (then, now) = (Sum(before, by, status), Sum(after, by, status));
        return (now.Count - then.Count, now.Cells - then.Cells);
    }

    private static (int Count, int Cells) Sum(JsonElement statistics, string by, string? status = null) => (
        Rows(statistics, by, status).Sum(row => row.GetProperty("count").GetInt32()),
        Rows(statistics, by, status).Sum(row => row.GetProperty("cells").GetInt32()));

    private static double Area(JsonElement statistics, string status) =>
        Rows(statistics, "status", status).Sum(row => row.GetProperty("areaKm2").GetDouble());

    // What nothing is counted by is not there.
    private static IEnumerable<JsonElement> Rows(JsonElement statistics, string by, string? status) =>
        !statistics.TryGetProperty("license-blocks", out var blocks) || !blocks.TryGetProperty(by, out var rows)
            ? []
            : rows.EnumerateArray().Where(row => status is null || row.GetProperty("status").GetString() == status);

    private async Task<JsonElement> Json(string address) => JsonDocument.Parse(await Text(address)).RootElement;

    private async Task<string> Text(string address)
    {
        var reply = await server.Nobody().Get(address);
        Assert.True(reply.Status == 200, reply.Text);
        return reply.Text;
    }
}
