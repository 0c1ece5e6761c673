using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Objects;

/// <summary>Ids are a prefix and 26 characters of Crockford's base 32. Whatever else stands where one belongs names nothing.</summary>
[Collection(OneServer.Name)]
public sealed class PossibleIdTests(RegistryServer server)
{
    private const string Known = "00000000000000000000000000";

    public static TheoryData<string> Impossible =>
    [
        new('y', 7_900),
        "0",
        Known[1..],
        Known + "0",
        "8" + Known[1..], // beyond 128 bits
        Known[1..] + "i",
        Known[1..] + "O",
        Known[1..] + "A",
        Known[1..] + "%D0%B0",
    ];

    [Theory]
    [MemberData(nameof(Impossible))]
    public async Task An_id_of_no_possible_form_is_not_found_at_any_address(string part)
    {
        foreach (var address in (string[])[
            $"/license-blocks/lb-{part}", $"/license-blocks/lb-{part}?as-at=2020-01-01", $"/license-blocks/lb-{part}/history",
            $"/deposits/dep-{part}", $"/areas/area-{part}", $"/parties/party-{part}", $"/license-blocks/dep-{Known}", $"/license-blocks/LB-{Known}",
            $"/collections/license-blocks/items/lb-{part}", $"/collections/deposits/items/dep-{part}", $"/collections/areas/items/area-{part}"])
        {
            (await server.Nobody().Get(address)).IsProblem(404, "not-found");
        }

        (await server.ApplicantA().Post($"/license-blocks/lb-{part}/withdraw", null, ifMatch: "*")).IsProblem(404, "not-found");
        (await server.Registrar().Post($"/license-blocks/lb-{part}/grant", null)).IsProblem(404, "not-found");
        (await server.Registrar().Patch($"/deposits/dep-{part}", "{}", ifMatch: "*")).IsProblem(404, "not-found");
        (await server.Registrar().Post($"/deposits/dep-{part}/estimates", "{}", ifMatch: "*")).IsProblem(404, "not-found");
        (await server.ApplicantA().Get($"/imports/imp-{part}")).IsProblem(404, "not-found");
        (await server.ApplicantA().Get($"/imports/imp-{part}/events")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task An_id_of_a_possible_form_that_nothing_has_is_not_found_either()
    {
        foreach (var address in (string[])[
            $"/license-blocks/lb-{Known}", $"/license-blocks/lb-{Known}?as-at=2020-01-01", $"/license-blocks/lb-{Known}/history",
            $"/deposits/dep-{Known}", $"/areas/area-{Known}", $"/parties/party-{Known}",
            $"/collections/license-blocks/items/lb-{Known}", $"/collections/deposits/items/dep-{Known}", $"/collections/areas/items/area-{Known}"])
        {
            (await server.Nobody().Get(address)).IsProblem(404, "not-found");
        }

        (await server.ApplicantA().Get("/imports/imp-0123456789abcdef0123456789abcdef")).IsProblem(404, "not-found");
    }

    [Theory]
    [InlineData("party-none")]
    [InlineData("party-" + Known)]
    public async Task A_holder_that_nobody_registered_is_refused(string holder)
    {
        var body = $$"""{"kind":"exploration","cells":["{{Bodies.FreshCells(1)[0]}}"],"commodities":["lithium"],"holder":"{{holder}}"}""";
        var refused = (await server.Registrar().Post("/license-blocks", body)).IsProblem(422, "rule-broken");
        Assert.Equal(["unknown-party"], refused.Rules);
    }
}
