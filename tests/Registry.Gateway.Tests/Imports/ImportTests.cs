using System.Text.Json;
using Registry.Gateway.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

[Collection(OneServer.Name)]
public sealed class ImportTests(RegistryServer server)
{
    private const string DepositPoint =
        """{"type":"Feature","id":"x-1","geometry":{"type":"Point","coordinates":[70.5,49.5]},"properties":{"name":"Imported","status":"prospect","commodities":["gold"],"colour":"red"}}""";

    [Fact]
    public async Task Each_feature_is_registered_in_the_files_order_for_the_applicants_own_party()
    {
        var applicant = server.ApplicantA();

        var import = await applicant.ImportToEnd(ImportClient.Collection(ImportClient.FreshBlock(), ImportClient.FreshBlock(3)));

        Assert.Equal("done", import.State());
        Assert.Equal((2, 2, 2, 0, 0), (import.Count("total"), import.Count("done"), import.Count("registered"), import.Count("repeated"), import.Count("refused")));
        Assert.Empty(import.GetProperty("refusals").EnumerateArray());
    }

    [Fact]
    public async Task A_refusal_says_which_feature_where_in_it_and_what_a_post_of_it_would_have_been_answered()
    {
        var applicant = server.ApplicantA();
        var (south, west) = Bodies.FreshCorner();
        var taken = Bodies.Rectangle(south, west, south + 1, west + 2);
        var file = ImportClient.Collection(
            ImportClient.Block(taken),
            ImportClient.Block(taken, """{"kind":"exploration"}"""),
            ImportClient.Block(taken, """{"kind":"digging"}"""),
            ImportClient.Block("""{"type":"Polygon","coordinates":[[[70,49],[71,49],[71,95],[70,49]]]}"""),
            ImportClient.Block("null"));

        var import = await applicant.ImportToEnd(file);

        Assert.Equal("done", import.State());
        Assert.Equal((5, 1, 4), (import.Count("total"), import.Count("registered"), import.Count("refused")));
        Assert.Equal(
            [
                (1, "ground-taken", ""),
                (2, "malformed", "/properties/kind"),
                (3, "malformed", "/geometry/coordinates/0/2/1"),
                (4, "malformed", ""),
            ],
            import.GetProperty("refusals").EnumerateArray().Select(refusal => (
                refusal.Count("feature"), refusal.GetProperty("problem").Slug(), refusal.GetProperty("pointer").GetString())));
        Assert.Equal(2, import.GetProperty("refusals")[0].GetProperty("problem").GetProperty("conflicts").GetArrayLength());
    }

    [Fact]
    public async Task A_registrar_imports_deposits_and_hears_of_properties_that_were_not_read()
    {
        var import = await server.Registrar().ImportToEnd(ImportClient.Collection(DepositPoint), query: "collection=deposits");

        Assert.Equal(("done", 1), (import.State(), import.Count("registered")));
        Assert.Equal(["colour"], import.GetProperty("unread").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task A_registrar_names_the_holder_in_the_feature_or_for_the_whole_file()
    {
        var registrar = server.Registrar();
        var file = ImportClient.Collection(
            ImportClient.FreshBlock(),
            ImportClient.Block(Rectangle(), """{"kind":"exploration","holder":"party-dev-b"}"""),
            ImportClient.Block(Rectangle(), """{"kind":"exploration","holder":"party-nobody"}"""));

        var named = await registrar.ImportToEnd(file, query: "collection=license-blocks&holder=party-dev-a");
        var unnamed = await registrar.ImportToEnd(ImportClient.Collection(ImportClient.FreshBlock()));

        Assert.Equal((2, 1), (named.Count("registered"), named.Count("refused")));
        Assert.Equal("/properties/holder", named.GetProperty("refusals")[0].GetProperty("pointer").GetString());
        Assert.Equal(1, unnamed.Count("refused"));
    }

    [Fact]
    public async Task An_applicant_imports_no_deposits_and_for_nobody_else()
    {
        var applicant = server.ApplicantA();

        (await applicant.Import(ImportClient.Collection(DepositPoint), query: "collection=deposits")).IsProblem(403, "forbidden");
        (await server.Nobody().Import(ImportClient.Collection())).IsProblem(401, "unauthorized");
        (await server.Operator().Import(ImportClient.Collection())).IsProblem(403, "forbidden");
        var forAnother = await applicant.ImportToEnd(
            ImportClient.Collection(ImportClient.FreshBlock()), query: "collection=license-blocks&holder=party-dev-b");
        Assert.Equal("forbidden", forAnother.GetProperty("refusals")[0].GetProperty("problem").Slug());
    }

    [Fact]
    public async Task An_import_is_shown_to_its_sender_and_to_registrars()
    {
        var taken = await server.ApplicantA().Import(ImportClient.Collection(ImportClient.FreshBlock()));
        var address = taken.Headers["Location"];

        Assert.Equal(200, (await server.Registrar().Get(address)).Status);
        (await server.ApplicantB().Get(address)).IsProblem(404, "not-found");
        (await server.ApplicantB().Get($"{address}/events")).IsProblem(404, "not-found");
        (await server.Nobody().Get(address)).IsProblem(401, "unauthorized");
        (await server.ApplicantA().Get("/imports/imp-unknown")).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("", 400, "collection")]
    [InlineData("collection=areas", 400, "collection")]
    [InlineData("collection=license-blocks&mode=half", 400, "mode")]
    [InlineData("collection=license-blocks&colour=red", 400, "colour")]
    [InlineData("collection=license-blocks&collection=deposits", 400, "collection")]
    [InlineData("collection=license-blocks&holder=", 400, "holder")]
    public async Task A_parameter_at_fault_is_named(string query, int status, string parameter)
    {
        var reply = await server.ApplicantA().Import(ImportClient.Collection(), query: query);

        Assert.Equal([parameter], reply.IsProblem(status, "malformed").Pointers);
    }

    [Fact]
    public async Task A_file_of_an_unknown_type_is_refused_with_the_types_that_are_read()
    {
        var reply = await server.ApplicantA().Import("<gml/>", "application/gml+xml");

        reply.IsProblem(415, "unsupported-media-type");
        Assert.Contains("application/geo+json", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{}}""")]
    [InlineData("""{"type":"FeatureCollection","features":[],"crs":{"type":"name","properties":{"name":"EPSG:20008"}}}""")]
    public async Task A_file_that_cannot_be_read_to_its_end_registers_nothing(string file)
    {
        var import = await server.ApplicantA().ImportToEnd(file);

        Assert.Equal(("refused", 0, 0), (import.State(), import.Count("done"), import.Count("registered")));
        Assert.Equal("malformed", import.GetProperty("problem").Slug());
    }

    [Fact]
    public async Task The_same_key_and_file_give_the_same_import()
    {
        var applicant = server.ApplicantA();
        var file = ImportClient.Collection(ImportClient.FreshBlock(), ImportClient.FreshBlock());
        var key = Guid.NewGuid().ToString();

        var first = await applicant.Import(file, key: key);
        var import = await applicant.Ended(first);
        var second = await applicant.Import(file, key: key);

        Assert.Equal(2, import.Count("registered"));
        Assert.Equal((first.Headers["Location"], "true"), (second.Headers["Location"], second.Headers["Idempotency-Replayed"]));
        Assert.Equal(import.ToString(), (await applicant.Get(second.Headers["Location"])).Json.ToString());
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        var applicant = server.ApplicantA();
        var (file, key) = (ImportClient.Collection(ImportClient.FreshBlock()), Guid.NewGuid().ToString());
        await applicant.Ended(await applicant.Import(file, key: key));
        var ofAnApplication = Guid.NewGuid().ToString();
        await applicant.Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)), idempotencyKey: ofAnApplication);

        (await applicant.Import(file + " ", key: key)).IsProblem(422, "idempotency-key-reused");
        (await applicant.Import(file, query: "collection=license-blocks&holder=party-dev-a", key: key)).IsProblem(422, "idempotency-key-reused");
        (await applicant.Import(file, key: ofAnApplication)).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(202, (await server.ApplicantB().Import(file, key: key)).Status);
    }

    [Fact]
    public async Task Another_file_under_the_same_key_registers_nothing_even_where_the_first_left_a_place()
    {
        var applicant = server.ApplicantA();
        var key = Guid.NewGuid().ToString();
        var (south, west) = Bodies.FreshCorner();
        var first = await applicant.ImportToEnd(ImportClient.Collection(ImportClient.Block("null"), ImportClient.FreshBlock()), key: key);
        Assert.Equal((1, 1), (first.Count("registered"), first.Count("refused")));

        // Its first place is one that the first file did not register.
        var other = ImportClient.Collection(ImportClient.Block(Bodies.Rectangle(south, west, south + 1, west + 1)), ImportClient.FreshBlock());
        (await applicant.Import(other, key: key)).IsProblem(422, "idempotency-key-reused");

        var cell = (await applicant.Get($"/cells/{Uri.EscapeDataString(Bodies.CodeAt(south, west))}")).Json;
        Assert.Equal("free", cell.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Events_come_in_order_and_end_with_the_import()
    {
        var applicant = server.ApplicantA();
        var taken = await applicant.Import(ImportClient.Collection(Enumerable.Range(0, 60).Select(_ => ImportClient.FreshBlock())));

        var events = await applicant.Get($"{taken.Headers["Location"]}/events");

        Assert.Equal("text/event-stream", events.MediaType);
        var blocks = events.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('\n')).ToList();
        var names = blocks.ConvertAll(lines => lines[0]);
        var ids = blocks.ConvertAll(lines => long.Parse(lines[1]["id: ".Length..], System.Globalization.CultureInfo.InvariantCulture));
        var data = blocks.ConvertAll(lines => JsonDocument.Parse(lines[2]["data: ".Length..]).RootElement);
        Assert.Equal("event: end", names[^1]);
        Assert.All(names.SkipLast(1), name => Assert.Equal("event: progress", name));
        Assert.Equal(ids.Order().Distinct(), ids);
        Assert.Equal(data.Select(item => item.Count("done")).Order(), data.Select(item => item.Count("done")));
        Assert.Equal(("done", 60, 60), (data[^1].State(), data[^1].Count("done"), data[^1].Count("total")));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_taken()
    {
        using var content = new ByteArrayContent(new byte[UploadedFile.Most + 1]);
        content.Headers.TryAddWithoutValidation("Content-Type", ImportClient.GeoJson);

        (await server.ApplicantA().Send(HttpMethod.Post, "/imports?collection=license-blocks", content)).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task A_text_sequence_is_read_by_separators_or_by_lines()
    {
        var applicant = server.ApplicantA();
        var bySeparators = $"\u001e{ImportClient.FreshBlock().Replace(",", ",\n", StringComparison.Ordinal)}\n\u001e{ImportClient.FreshBlock()}\n\u001e{{\"type\":\"Feature\"";
        var byLines = $"{ImportClient.FreshBlock()}\n\n{ImportClient.FreshBlock()}";

        var first = await applicant.ImportToEnd(bySeparators, "application/geo+json-seq");
        var second = await applicant.ImportToEnd(byLines, "application/geo+json-seq");

        Assert.Equal((3, 2, 1), (first.Count("total"), first.Count("registered"), first.Count("refused")));
        Assert.Equal(2, first.GetProperty("refusals")[0].Count("feature"));
        Assert.Equal((2, 2), (second.Count("total"), second.Count("registered")));
    }

    private static string Rectangle()
    {
        var (south, west) = Bodies.FreshCorner();
        return Bodies.Rectangle(south, west, south + 1, west + 2);
    }
}
