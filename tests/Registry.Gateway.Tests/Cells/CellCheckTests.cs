using System.Text.Json;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Cells;

[Collection(OneServer.Name)]
public class CellCheckTests(RegistryServer server)
{
    private static readonly Regime Regime = Regimes.Find("kz")!;

    [Fact]
    public async Task Free_ground_would_be_accepted_and_stays_free()
    {
        var cells = Row(70, 50, 3);
        var finding = await Check(cells);
        Assert.Equal("accepted", finding.GetProperty("wouldBe").GetString());
        Assert.Equal(cells, finding.GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("code").GetString()));
        Assert.All(finding.GetProperty("cells").EnumerateArray(), cell => Assert.Equal("free", cell.GetProperty("status").GetString()));
        Assert.Equal("accepted", (await Check(cells)).GetProperty("wouldBe").GetString());
    }

    [Fact]
    public async Task Ground_under_an_application_would_be_refused_or_queued_as_the_caller_says()
    {
        var cells = Row(70, 51, 4);
        var filed = await server.ApplicantA().Apply(cells[1], cells[2]);
        var refused = await Check(cells);
        Assert.Equal("refused", refused.GetProperty("wouldBe").GetString());
        Assert.Equal([cells[1], cells[2]], refused.GetProperty("conflicts").EnumerateArray().Select(conflict => conflict.GetProperty("cell").GetString()));
        Assert.Equal("applied", refused.GetProperty("conflicts")[0].GetProperty("status").GetString());
        Assert.Equal("queued", (await Check(cells, ", \"ifTaken\": \"queue\"")).GetProperty("wouldBe").GetString());

        var id = filed.Json.GetProperty("id").GetString()!;
        Assert.Equal(200, (await server.Registrar().Act(id, "grant")).Status);
        Assert.Equal("refused", (await Check(cells, ", \"ifTaken\": \"queue\"")).GetProperty("wouldBe").GetString());
    }

    [Fact]
    public async Task A_geological_study_would_be_accepted_over_ground_that_others_hold()
    {
        var cells = Row(70, 50.5, 2);
        await server.ApplicantA().Apply(cells);
        var finding = await Check(cells, ", \"kind\": \"geologicalStudy\"");
        Assert.Equal("accepted", finding.GetProperty("wouldBe").GetString());
        Assert.Equal("applied", finding.GetProperty("cells")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_found_is_what_an_application_meets()
    {
        string[][] grounds = [Row(64, 50.25, 201), [.. Row(71, 51, 2), .. Row(71.5, 51, 2)], Row(100, 50, 2), Row(72, 50, 5)];
        foreach (var cells in grounds)
        {
            var finding = await Check(cells);
            var reply = await server.ApplicantB().Post("/license-blocks", Application(cells, ", \"kind\": \"exploration\", \"commodities\": [\"gold\"]"));
            Assert.Equal(finding.GetProperty("wouldBe").GetString() == "accepted" ? 201 : 422, reply.Status);
            if (reply.Status == 422)
                Assert.Equal(reply.Json.GetProperty("rules").GetRawText(), finding.GetProperty("rules").GetRawText());
        }
    }

    [Fact]
    public async Task A_geometry_is_snapped_to_the_cells_that_it_covers()
    {
        const string square = """{"type":"Polygon","coordinates":[[[73.0,50.0],[73.05,50.0],[73.05,50.05],[73.0,50.05],[73.0,50.0]]]}""";
        var reply = await server.Nobody().Post("/cells/check", $$"""{"geometry": {{square}}}""");
        Assert.Equal(9, reply.Json.GetProperty("cells").GetArrayLength());
    }

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"cells": ["M-44-86-(10в-5а-26)"]}""", "/cells/0")]
    [InlineData("""{"cells": "M-44"}""", "/cells")]
    [InlineData("""{"cells": ["M-44-86-(10в-5а-12)"], "kind": "mining"}""", "/cells")]
    [InlineData("""{"geometry": {"type": "Polygon", "coordinates": [[[60,48],[80,48],[80,50],[60,50],[60,48]]]}}""", "/geometry")]
    public async Task What_is_no_ground_is_refused_with_its_place(string body, string pointer)
    {
        var reply = await server.Nobody().Post("/cells/check", body);
        Assert.Equal(400, reply.Status);
        Assert.Equal(pointer, reply.Json.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private static string[] Row(double west, double south, int count)
    {
        var corner = Regime.Graticule.CellAt(west + 0.001, south + 0.001);
        return [.. Enumerable.Range(0, count).Select(i => CellNames.NameOf(Regime, new Cell(corner.Key + (uint)i)))];
    }

    private static string Application(string[] cells, string more) => $$"""{"cells": {{JsonSerializer.Serialize(cells)}}{{more}}}""";

    private async Task<JsonElement> Check(string[] cells, string more = "")
    {
        var reply = await server.Nobody().Post("/cells/check", Application(cells, more));
        Assert.Equal(200, reply.Status);
        return reply.Json;
    }
}
