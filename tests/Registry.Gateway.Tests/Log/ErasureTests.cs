using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Log;

[Collection(OneServer.Name)]
public sealed class ErasureTests(RegistryServer server)
{
    [Fact]
    public async Task What_is_erased_of_a_party_is_withheld_in_every_answer_and_its_titles_stay()
    {
        var name = $"Marked-{Guid.NewGuid():N}";
        var party = (await server.Registrar().Post("/parties", JsonSerializer.Serialize(new { name, country = "KZ" }))).Id;
        var cells = Bodies.FreshCells(2);
        var block = await server.Registrar().Post("/license-blocks", JsonSerializer.Serialize(new { kind = "exploration", cells, holder = party }), idempotencyKey: name);
        await server.Registrar().Act(block.Id, "refuse", """{"reason":"A marked reason."}""");
        // By the registry's clock, which other tests put forward.
        var before = (await server.Nobody().Get("/collections/license-blocks/items?limit=1")).Json.GetProperty("timeStamp").GetString()!;
        string[] addresses =
        [
            $"/license-blocks/{block.Id}/history",
            $"/collections/license-blocks/items/{block.Id}",
            $"/license-blocks/{block.Id}?as-at={before}",
            $"/collections/license-blocks/items?holder.id={party}&limit=10",
            $"/collections/license-blocks/items?holder.id={party}&limit=10&as-at={before}",
            $"/parties/{party}",
        ];
        foreach (var address in addresses)
            Assert.Contains(name, (await server.Nobody().Get(address)).Text, StringComparison.Ordinal);

        var erased = await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { party }), idempotencyKey: $"erase-{name}");
        Assert.Equal((200, 2), (erased.Status, erased.Json.GetProperty("values").GetInt32()));
        var again = await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { party }), idempotencyKey: $"erase-{name}");
        Assert.Equal(erased.Text, again.Text);
        (await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { party }))).IsProblem(404, "not-found");

        foreach (var address in addresses)
        {
            var shown = await server.Nobody().Get(address);
            Assert.True(shown.Status == 200, $"{address}: {shown.Text}");
            Assert.DoesNotContain(name, shown.Text, StringComparison.Ordinal);
            Assert.True(shown.Text.Contains("withheld", StringComparison.Ordinal), $"{address}: {shown.Text}");
        }

        var replayed = await server.Registrar().Post("/license-blocks", JsonSerializer.Serialize(new { kind = "exploration", cells, holder = party }), idempotencyKey: name);
        Assert.Equal((201, block.Id), (replayed.Status, replayed.Id));
        Assert.DoesNotContain(name, replayed.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await server.Operator().Post("/erasures", $$"""{"object":"/license-blocks/{{block.Id}}"}""")).Json.GetProperty("values").GetInt32());
        Assert.DoesNotContain("A marked reason.", (await server.Nobody().Get($"/license-blocks/{block.Id}/history")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_equal_erasures_at_once_one_is_made()
    {
        var party = (await server.Registrar().Post("/parties", JsonSerializer.Serialize(new { name = $"Marked-{Guid.NewGuid():N}", country = "KZ" }))).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Operator().Post("/erasures", JsonSerializer.Serialize(new { party }))));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.Contains(answer.Status, new[] { 404, 503 }));
    }

    [Fact]
    public async Task Of_an_entry_that_two_erasures_name_at_once_nothing_comes_back()
    {
        for (var round = 0; round < 4; round++)
        {
            var (name, officer, secret) = ($"Marked-{Guid.NewGuid():N}", $"marked officer {Guid.NewGuid():N}", $"secret-{Guid.NewGuid():N}");
            Assert.True(await server.Keyring.Issue(KeyDigest.Of(secret), new Caller(officer, Role.Registrar), DateTimeOffset.UnixEpoch));
            var party = (await server.As(secret).Post("/parties", JsonSerializer.Serialize(new { name, country = "KZ" }))).Id;

            await Task.WhenAll(ErasedAtLast(new { party }), ErasedAtLast(new { key = officer }));

            (await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { party }))).IsProblem(404, "not-found");
            (await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { key = officer }))).IsProblem(404, "not-found");
            var shown = (await server.Nobody().Get($"/parties/{party}")).Text;
            Assert.DoesNotContain(name, shown, StringComparison.Ordinal);
        }

        // What met another erasure five times is asked again, as its answer says.
        async Task ErasedAtLast(object subject)
        {
            while (await server.Operator().Post("/erasures", JsonSerializer.Serialize(subject)) is { Status: not 200 } answer)
                Assert.Equal(503, answer.Status);
        }
    }

    [Fact]
    public async Task The_name_of_a_key_is_withheld_wherever_it_acted()
    {
        var (name, secret) = ($"marked officer {Guid.NewGuid():N}", $"secret-{Guid.NewGuid():N}");
        Assert.True(await server.Keyring.Issue(KeyDigest.Of(secret), new Caller(name, Role.Registrar), DateTimeOffset.UnixEpoch));
        var block = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        Assert.Equal(200, (await server.As(secret).Act(block.Id, "refuse", """{"reason":"None."}""")).Status);
        var history = $"/license-blocks/{block.Id}/history";
        Assert.Contains(name, (await server.Nobody().Get(history)).Text, StringComparison.Ordinal);

        Assert.Equal(200, (await server.Operator().Post("/erasures", JsonSerializer.Serialize(new { key = name }))).Status);

        var shown = await server.Nobody().Get(history);
        Assert.DoesNotContain(name, shown.Text, StringComparison.Ordinal);
        Assert.Contains("withheld", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_a_deposit_are_withheld()
    {
        var name = $"Marked deposit {Guid.NewGuid():N}";
        var deposit = await server.Registrar().Post("/deposits", JsonSerializer.Serialize(new
        {
            name,
            otherNames = new[] { $"Other {name}" },
            status = "prospect",
            geometry = new { type = "Point", coordinates = new[] { 70.5, 49.5 } },
        }));
        Assert.Equal(201, deposit.Status);

        Assert.Equal(200, (await server.Registrar().Post("/erasures", $$"""{"object":"/deposits/{{deposit.Id}}"}""")).Status);

        var shown = await server.Nobody().Get($"/collections/deposits/items/{deposit.Id}");
        Assert.DoesNotContain(name, shown.Text, StringComparison.Ordinal);
        Assert.Contains("withheld", shown.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"party":"a","key":"b"}""")]
    [InlineData("{}")]
    [InlineData("""{"object":"/nothing/here"}""")]
    public async Task One_thing_that_is_one_has_to_be_named(string body) =>
        (await server.Operator().Post("/erasures", body)).IsProblem(400, "malformed");

    [Fact]
    public async Task An_applicant_erases_nothing() =>
        (await server.ApplicantA().Post("/erasures", """{"party":"dev-party-a"}""")).IsProblem(403, "forbidden");
}
