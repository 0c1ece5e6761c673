using System.Text.Json;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>Wherever a stranger's text is taken, what is not seen in it is refused, with its place and its code point.</summary>
[Collection(OneServer.Name)]
public sealed class StrangersTextTests(RegistryServer server)
{
    private const string Point = """{"type":"Point","coordinates":[73.5,48.5]}""";

    [Theory]
    [InlineData("\u202E")]
    [InlineData("\uFEFF")]
    [InlineData("\u2028")]
    [InlineData("\u200B")]
    [InlineData("\u2067")]
    [InlineData("\uFFFF")]
    public async Task The_name_of_a_party(string hidden)
    {
        var reply = await server.Registrar().Post("/parties", $$"""{"name":"Altyn{{hidden}}dloG","kind":"company","country":"KZ"}""");

        Assert.Equal(["/name"], reply.IsProblem(400, "malformed").Pointers);
        Assert.Contains($"U+{(int)hidden[0]:X4} as character 6", reply.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"A\u202eB","status":"prospect","geometry":$,"commodities":["gold"]}""", "/name")]
    [InlineData("""{"name":"A","otherNames":["B\ufeff"],"status":"prospect","geometry":$,"commodities":["gold"]}""", "/otherNames/0")]
    [InlineData("""{"name":"A","sources":["x","y\u2066"],"status":"prospect","geometry":$,"commodities":["gold"]}""", "/sources/1")]
    [InlineData("""{"name":"A","status":"prospect","geometry":$,"commodities":["go\u200bld"]}""", "/commodities/0")]
    public async Task The_texts_of_a_deposit(string body, string pointer) => Assert.Equal(
        [pointer], (await server.Registrar().Post("/deposits", body.Replace("$", Point, StringComparison.Ordinal))).IsProblem(400, "malformed").Pointers);

    [Fact]
    public async Task A_reason()
    {
        var id = (await server.ApplicantA().Apply(Bodies.FreshCells(1))).Id;
        var reply = await server.Registrar().Act(id, "refuse", """{"reason":"Not \u2029 complete."}""");
        Assert.Equal(["/reason"], reply.IsProblem(400, "malformed").Pointers);
    }

    [Fact]
    public async Task The_texts_of_a_file()
    {
        var file = ImportClient.Collection(
            $$$"""{"type":"Feature","geometry":{{{Point}}},"properties":{"name":"A\u202eB","status":"prospect","commodities":["gold"]}}""");
        var import = await server.Registrar().ImportToEnd(file, query: "collection=deposits");

        var refusal = Assert.Single(import.GetProperty("refusals").EnumerateArray());
        Assert.Equal("/properties/name", refusal.GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task What_people_write_stays_as_it_was_sent()
    {
        // Not normalised: the second letter is e and an accent of its own.
        const string name = "Ce\u0301leste می\u200Cخواهم";
        var party = await server.Registrar().Post("/parties", JsonSerializer.Serialize(new { name, kind = "company", country = "KZ" }));
        Assert.Equal(201, party.Status);
        Assert.Equal(name, party.Json.GetProperty("name").GetString());
    }
}
