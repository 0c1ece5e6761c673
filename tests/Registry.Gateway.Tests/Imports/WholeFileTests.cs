using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Imports of which all features are registered, or none.</summary>
[Collection(OneServer.Name)]
public sealed class WholeFileTests(RegistryServer server)
{
    private const string Blocks = "collection=license-blocks&mode=file";

    [Fact]
    public async Task All_features_of_a_file_are_registered_side_by_side_in_the_order_of_filing()
    {
        var applicant = server.ApplicantA();
        var (south, west) = Bodies.FreshCorner();
        var file = ImportClient.Collection(Enumerable.Range(0, 20).Select(at =>
            ImportClient.Block(Bodies.Rectangle(south, west + (2 * at), south + 1, west + (2 * at) + 2))));

        var import = await applicant.ImportToEnd(file, query: Blocks);

        Assert.Equal(("done", 20, 20, 0), (import.State(), import.Count("total"), import.Count("registered"), import.Count("refused")));
        var sequences = new List<long>();
        for (var at = 0; at < 20; at++)
            sequences.Add((await BlockOver(south, west + (2 * at)))!.Value.GetProperty("properties").GetProperty("sequence").GetInt64());
        Assert.Equal(Enumerable.Range(0, 20).Select(at => sequences[0] + at), sequences);
    }

    [Fact]
    public async Task One_feature_that_cannot_be_registered_keeps_all_of_the_file_out()
    {
        var applicant = server.ApplicantA();
        var (south, west) = Bodies.FreshCorner();
        await server.ApplicantB().Apply(Bodies.CodeAt(south, west + 4));
        var free = ImportClient.Block(Bodies.Rectangle(south, west, south + 1, west + 2));
        var taken = ImportClient.Block(Bodies.Rectangle(south, west + 4, south + 1, west + 6));

        var byGround = await applicant.ImportToEnd(ImportClient.Collection(free, taken), query: Blocks);
        var byForm = await applicant.ImportToEnd(
            ImportClient.Collection(free, ImportClient.Block("null"), free.Replace("exploration", "digging", StringComparison.Ordinal)), query: Blocks);
        var byEachOther = await applicant.ImportToEnd(ImportClient.Collection(free, free), query: Blocks);
        var byQueue = await applicant.ImportToEnd(
            ImportClient.Collection(free.Replace("\"exploration\"", "\"exploration\",\"ifTaken\":\"queue\"", StringComparison.Ordinal)), query: Blocks);

        Assert.Equal(
            [("refused", 0, "1 ground-taken"), ("refused", 0, "1 malformed, 2 malformed"), ("refused", 0, "1 rule-broken"), ("refused", 0, "0 rule-broken")],
            ((JsonElement[])[byGround, byForm, byEachOther, byQueue]).Select(import => (import.State()!, import.Count("registered"), Refusals(import))));
        Assert.Null(await BlockOver(south, west));

        // And nothing is held: the ground can be applied for.
        Assert.Equal(1, (await applicant.ImportToEnd(ImportClient.Collection(free), query: Blocks)).Count("registered"));
        Assert.NotNull(await BlockOver(south, west));
    }

    [Fact]
    public async Task Deposits_are_registered_together_too()
    {
        var feature = """{"type":"Feature","geometry":{"type":"Point","coordinates":[70.5,49.5]},"properties":{"name":"Together","status":"prospect"}}""";
        var outside = feature.Replace("70.5", "10.5", StringComparison.Ordinal);

        var all = await server.Registrar().ImportToEnd(ImportClient.Collection(feature, feature), query: "collection=deposits&mode=file");
        var none = await server.Registrar().ImportToEnd(ImportClient.Collection(feature, outside), query: "collection=deposits&mode=file");

        Assert.Equal(("done", 2), (all.State(), all.Count("registered")));
        Assert.Equal(("refused", 0, "1 rule-broken"), (none.State(), none.Count("registered"), Refusals(none)));
    }

    [Fact]
    public async Task Applications_that_meet_a_whole_file_in_its_middle_leave_each_cell_with_one_owner()
    {
        var (south, west) = Bodies.FreshCorner();
        var file = ImportClient.Collection(Enumerable.Range(0, 10).Select(at =>
            ImportClient.Block(Bodies.Rectangle(south, west + at, south + 1, west + at + 1))));

        var taken = await server.ApplicantA().Import(file, query: Blocks);
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(at =>
            server.ApplicantB().Post("/license-blocks", Bodies.Application(Bodies.CodeAt(south, west + at)))));
        var import = await server.ApplicantA().Ended(taken);

        var won = others.Count(reply => reply.Status == 201);
        Assert.All(others, reply => Assert.True(reply.Status is 201 or 409, reply.Text));
        Assert.True(import.State() == "done" ? (import.Count("registered"), won) == (10, 0) : import.Count("registered") == 0 && won == 10, $"{won} {import}");
    }

    private static string Refusals(JsonElement import) => string.Join(", ", import.GetProperty("refusals").EnumerateArray()
        .Select(refusal => $"{refusal.Count("feature")} {refusal.GetProperty("problem").Slug()}"));

    private async Task<JsonElement?> BlockOver(int south, int west)
    {
        var cell = (await server.Nobody().Get($"/cells/{Uri.EscapeDataString(Bodies.CodeAt(south, west))}")).Json;
        return cell.GetProperty("licenseBlock").GetString() is { } id ? (await server.Nobody().Get($"/license-blocks/{id}")).Json : null;
    }
}
