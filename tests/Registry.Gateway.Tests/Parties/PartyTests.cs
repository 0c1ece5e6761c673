using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Parties;

[Collection(OneServer.Name)]
public sealed class PartyTests(RegistryServer server)
{
    [Fact]
    public async Task A_registered_party_can_be_read_and_hold_ground()
    {
        var party = await server.Registrar().Post("/parties", """{"name":"Компания","kind":"company","country":"KZ"}""");
        Assert.Equal(201, party.Status);
        Assert.Equal("Компания", party.Json.GetProperty("name").GetString());
        Assert.Contains("Компания", party.Text, StringComparison.Ordinal);
        Assert.Equal(party.Text, (await server.Nobody().Get($"/parties/{party.Id}")).Text);

        var cells = System.Text.Json.JsonSerializer.Serialize(Bodies.FreshCells(1));
        var title = await server.Registrar().Post("/license-blocks", $$"""{"kind":"exploration","cells":{{cells}},"holder":"{{party.Id}}"}""");
        Assert.Equal(party.Id, title.Properties.GetProperty("holder").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("""{"name":"A","country":"kz"}""", "/country")]
    [InlineData("""{"name":"A"}""", "/country")]
    [InlineData("""{"country":"KZ"}""", "/name")]
    [InlineData("""{"name":"A\u0000B","country":"KZ"}""", "/name")]
    [InlineData("""{"name":"A","country":"KZ","kind":"ghost"}""", "/kind")]
    public async Task A_malformed_party_names_the_member(string body, string pointer) =>
        Assert.Equal([pointer], (await server.Registrar().Post("/parties", body)).IsProblem(400, "malformed").Pointers);

    [Fact]
    public async Task An_unknown_party_is_not_found() => (await server.Nobody().Get("/parties/party-none")).IsProblem(404, "not-found");
}
