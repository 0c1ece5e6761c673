using System.Text;
using Registry.Actors.Journal;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    private static readonly LawEdition s_law = EditionOf(200);
    private static readonly LawEdition s_otherLaw = EditionOf(100);

    [ContractFact]
    public async Task The_first_law_is_an_entry_whose_form_is_published_under_the_name_of_the_edition()
    {
        await new LawInForce(Journal, s_law).Require();
        await new LawInForce(Journal, s_law).Require();

        var entry = Assert.Single(await Entries());
        Assert.Equal("law/kz", entry.Stream.ToString());
        Assert.Contains(
            $"\"event\":{{\"type\":\"adopted\",\"sha256\":\"{s_law.Hash}\",\"form\":{{\"object\":\"{s_law.Hash}\"}}}}",
            Encoding.UTF8.GetString(entry.Canonical), StringComparison.Ordinal);
        Assert.Equal(s_law.Form.ToArray(), await PublicLog.Object(Convert.FromHexString(s_law.Hash)));
        Assert.Equal(new AdoptedLaw("kz", s_law.Hash, entry.Stamp), await new LawInForce(Journal, s_otherLaw).Find());
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [ContractFact]
    public async Task Of_many_that_start_at_once_one_adopts_the_law()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(new LawInForce(Journal, s_law).Require)));

        Assert.Single(await Entries());
    }

    [ContractFact]
    public async Task Who_starts_with_another_law_is_told_which_one_is_in_force_and_adopts_nothing()
    {
        await new LawInForce(Journal, s_law).Require();

        var refused = await Assert.ThrowsAsync<AnotherLawException>(new LawInForce(Journal, s_otherLaw).Require);

        Assert.Contains($"edition {s_otherLaw.Hash}. In force is kz, edition {s_law.Hash}, which entry 1 of the register adopted.", refused.Message, StringComparison.Ordinal);
        Assert.Single(await Entries());
    }

    [ContractFact]
    public async Task A_decision_commits_by_the_law_in_force_only_and_names_it()
    {
        await Commit(Filings.Apply("lb-before", 9) with { Law = s_law.Hash });
        await new LawInForce(Journal, s_law).Require();
        await Commit(Filings.Apply("lb-1", 1) with { Law = s_law.Hash });
        Assert.True(await new LawInForce(Journal, s_otherLaw).Adopt(Filings.Tester));
        Assert.False(await new LawInForce(Journal, s_otherLaw).Adopt(Filings.Tester));

        Assert.Equal(new LawPassed(s_otherLaw.Hash), await Journal.Append(Filings.Apply("lb-2", 2) with { Law = s_law.Hash }));
        var together = await Journal.AppendAll([Filings.Apply("lb-3", 3), Filings.Apply("lb-4", 4) with { Law = s_law.Hash }]);
        Assert.Equal((1, new LawPassed(s_otherLaw.Hash)), (together.Index, together.Refused));
        await Commit(Filings.Apply("lb-2", 2) with { Law = s_otherLaw.Hash });
        await Commit(Filings.Apply("lb-3", 3));

        Assert.Equal(
            [("lb-before", null), ("kz", null), ("lb-1", s_law.Hash), ("kz", null), ("lb-2", s_otherLaw.Hash), ("lb-3", null)],
            (await Entries()).Select(entry => (entry.Stream.Id, LawOf(entry))));
        Assert.Empty((await Verification.Run(Journal)).Faults);
    }

    [ContractFact]
    public async Task An_edition_that_was_adopted_before_is_adopted_again_on_purpose()
    {
        await new LawInForce(Journal, s_law).Require();
        await new LawInForce(Journal, s_otherLaw).Adopt(Filings.Tester);
        await Assert.ThrowsAsync<AnotherLawException>(new LawInForce(Journal, s_law).Require);

        Assert.True(await new LawInForce(Journal, s_law).Adopt(Filings.Tester));

        await new LawInForce(Journal, s_law).Require();
        await Commit(Filings.Apply("lb-1", 1) with { Law = s_law.Hash });
        Assert.Equal([1, 2, 3], (await Entries()).Where(entry => entry.Stream.Collection == Collection.Law).Select(entry => entry.Version));
    }

    [ContractFact]
    public async Task The_law_of_another_regime_takes_the_place_of_the_one_in_force()
    {
        await new LawInForce(Journal, s_law).Require();
        var abroad = LawEdition.Of(SmallLaw(200) with { Code = "xx" });
        await Assert.ThrowsAsync<AnotherLawException>(new LawInForce(Journal, abroad).Require);

        Assert.True(await new LawInForce(Journal, abroad).Adopt(Filings.Tester));

        Assert.Equal("xx", (await new LawInForce(Journal, s_law).Find())!.Regime);
        Assert.Equal(new LawPassed(abroad.Hash), await Journal.Append(Filings.Apply("lb-1", 1) with { Law = s_law.Hash }));
    }

    private static LawEdition EditionOf(int mostCells) => LawEdition.Of(SmallLaw(mostCells));

    private static Regime SmallLaw(int mostCells) => Regimes.Kazakhstan with
    {
        MostCells = mostCells,
        Jurisdiction = new Jurisdiction(Graticule.Minute, Filings.Cells(1, 2, 3)),
    };

    private static string? LawOf(Entry entry)
    {
        using var document = System.Text.Json.JsonDocument.Parse(entry.Canonical);
        return document.RootElement.TryGetProperty("law", out var law) ? law.GetString() : null;
    }
}
