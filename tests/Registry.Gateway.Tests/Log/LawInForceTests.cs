using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Countries;
using Registry.Core.Law;
using Registry.Gateway.Tests.Serving;
using Registry.Hosting;
using Registry.Log.Receipts;
using Registry.Storage.Sqlite;

namespace Registry.Gateway.Tests.Log;

[Collection(OneServer.Name)]
public sealed class LawInForceTests(RegistryServer server)
{
    private static readonly LawEdition s_law = LawEdition.Of(Regimes.Kazakhstan);
    private static readonly LawEdition s_otherLaw = LawEdition.Of(Regimes.Kazakhstan with { MostCells = 150 });

    [Fact]
    public async Task The_first_entry_of_a_new_registry_adopts_its_law_and_the_form_is_served_under_its_hash()
    {
        using var first = await Event("/log/proofs/1");
        Assert.Equal("law/kz", first.RootElement.GetProperty("stream").GetString());
        var hash = first.RootElement.GetProperty("event").GetProperty("sha256").GetString()!;

        using var http = server.Http();
        var form = await http.GetByteArrayAsync($"/log/objects/{hash}");

        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(form)));
        Assert.Equal(s_law.Hash, hash);
        Assert.Equal(s_law.Form.ToArray(), form);
    }

    [Fact]
    public async Task Every_decision_on_a_license_block_names_the_edition_and_what_no_law_decides_does_not()
    {
        var filed = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var granted = await server.Registrar().Act(filed.Id, "grant", "{}");
        var party = await server.Registrar().Post("/parties", """{"name": "Nobody's law", "country": "KZ"}""");

        foreach (var decided in new[] { filed, granted })
        {
            Assert.InRange(decided.Status, 200, 201);
            using var entry = await Event(decided.Headers["Link"].Split('<', '>')[1]);
            Assert.Equal(s_law.Hash, entry.RootElement.GetProperty("law").GetString());
        }

        using var registered = await Event(party.Headers["Link"].Split('<', '>')[1]);
        Assert.False(registered.RootElement.TryGetProperty("law", out _));
    }

    [Fact]
    public async Task A_process_does_not_start_over_a_journal_that_has_adopted_another_law()
    {
        var directory = Directory.CreateTempSubdirectory("registry-test-");
        try
        {
            await using (var journal = await SqliteJournal.Open(directory.FullName, TimeProvider.System))
                await new LawInForce(journal, s_otherLaw).Require();
            await using var app = Gateway.Build(
                ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", directory.FullName],
                builder => builder.Logging.ClearProviders());

            var refused = await Assert.ThrowsAsync<SettingException>(() => app.StartAsync());

            Assert.Contains($"In force is kz, edition {s_otherLaw.Hash}", refused.Message, StringComparison.Ordinal);
            Assert.Contains("registry law adopt", refused.Message, StringComparison.Ordinal);
            Assert.Equal(1, await app.Services.GetRequiredService<IJournal>().Newest());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_process_whose_law_was_replaced_decides_nothing_more_and_says_so()
    {
        var replaced = RegistryServer.Set();
        await replaced.InitializeAsync();
        try
        {
            var filed = await replaced.ApplicantA().Apply(Bodies.FreshCells(1));
            Assert.Equal(201, filed.Status);
            var journal = replaced.Services.GetRequiredService<IJournal>();
            await new LawInForce(journal, s_otherLaw).Adopt(new Caller("an operator", Role.Operator));
            var newest = await journal.Newest();

            var apply = await replaced.ApplicantA().Post("/license-blocks", Bodies.Application(Bodies.FreshCells(1)));
            var grant = await replaced.Registrar().Act(filed.Id, "grant", "{}");
            var party = await replaced.Registrar().Post("/parties", """{"name": "Nobody's law", "country": "KZ"}""");

            Assert.Contains("Another edition of the law", apply.IsProblem(503, "unavailable").Text, StringComparison.Ordinal);
            Assert.Contains("Another edition of the law", grant.IsProblem(503, "unavailable").Text, StringComparison.Ordinal);
            Assert.Equal(201, party.Status);
            Assert.Equal(newest + 1, await journal.Newest());
        }
        finally
        {
            await replaced.DisposeAsync();
        }
    }

    // The entry of a receipt.
    private async Task<JsonDocument> Event(string receipt)
    {
        var proof = TlogProof.Parse(Encoding.UTF8.GetBytes((await server.Nobody().Get(receipt)).Text));
        return JsonDocument.Parse(proof.Extra!.Value);
    }
}
