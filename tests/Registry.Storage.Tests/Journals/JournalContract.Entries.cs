using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Storage.Tests.Postgres;

namespace Registry.Storage.Tests.Journals;

public abstract partial class JournalContract
{
    [ContractFact]
    public async Task An_entry_holds_no_name_but_its_salted_hash()
    {
        await Commit(Filings.Apply("lb-1", 3) with { By = Filings.Tester with { Name = "marked-key" } });

        var entry = Assert.Single(await Entries());

        var text = Encoding.UTF8.GetString(entry.Canonical);
        Assert.DoesNotContain(Filings.Unfiled.Holder.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain("marked-key", text, StringComparison.Ordinal);
        var values = SealedValue.Read(entry.Beside);
        Assert.Equal(["\"marked-key\"", "\"Made-up Metals\""], values.Select(value => Encoding.UTF8.GetString(value.Json)));
        Assert.Equal(
            EntryReference.In(entry.Canonical).Select(reference => reference.Hash),
            values.Select(value => Convert.ToHexStringLower(SHA256.HashData(value.Salted.Span))));
        Assert.Equal(2, values.Select(value => Convert.ToHexString(value.Salted.Span[..ISalts.Length])).Distinct().Count());
    }

    [ContractFact]
    public async Task What_is_too_long_for_an_entry_lies_beside_it_under_its_hash()
    {
        var polygon = Wgs84.Factory.CreatePolygon([.. Enumerable.Range(0, 20_000).Select(i => new Coordinate(
            70 + Math.Cos(i * Math.Tau / 20_000), 50 + Math.Sin(i * Math.Tau / 20_000))), new Coordinate(71, 50)]);
        var cells = CellSet.Of(Enumerable.Range(0, 9_000).Select(Filings.Place));
        var applied = new Applied("lb-1", LicenseBlockKind.Mining, Filings.Unfiled.Holder, cells, polygon, ["copper"], false);
        var append = Filings.Apply("lb-1", 3) with { Event = JsonSerializer.SerializeToUtf8Bytes<LicenseBlockEvent>(applied, CoreJson.Default.LicenseBlockEvent) };
        await Commit(append);
        await Commit(Filings.Apply("lb-2", 4));

        var entries = await Entries();

        Assert.Equal(append.Event, entries[0].Event);
        Assert.Equal(append.Event, (await Journal.History(append.Stream).ToListAsync())[0].Event);
        Assert.Equal(Filings.Apply("lb-2", 4).Event, entries[1].Event);
        Assert.InRange(entries[0].Canonical.Length, 1, Entry.MostBytes);
        var objects = EntryReference.In(entries[0].Canonical).Where(reference => !reference.IsSealed).ToList();
        Assert.Equal(2, objects.Count);
        foreach (var reference in objects)
            Assert.Equal(reference.Hash, Convert.ToHexStringLower(SHA256.HashData((await PublicLog.Object(Convert.FromHexString(reference.Hash)))!)));
        Assert.Null(await PublicLog.Object(new byte[32]));
    }

    [ContractFact]
    public async Task An_erased_value_is_withheld_wherever_it_is_read_and_the_entry_stays_what_it_was()
    {
        var applied = Filings.Apply("lb-1", 3);
        await Commit(applied);
        await Commit(Filings.Leave(Filings.StateOf(applied), 2, new Refused("a marked reason")));
        var before = await Entries();

        await Commit(Filings.Apply("lb-2", 4) with
        {
            Erases = [new LeftBeside(1, SealedValue.Erase(before[0].Beside, new HashSet<int> { 1 })), new LeftBeside(2, SealedValue.Erase(before[1].Beside, new HashSet<int> { 0, 1 }))],
        });

        var after = await Entries();
        Assert.Equal(before.Select(entry => entry.Canonical), after.Take(2).Select(entry => entry.Canonical));
        Assert.Equal(("tests", "withheld"), (after[0].By.Name, after[1].By.Name));
        var history = await Journal.History(applied.Stream).ToListAsync();
        Assert.Equal("withheld", ((Applied)Change(history[0])).Holder.Name);
        Assert.Equal("withheld", ((Refused)Change(history[1])).Reason);
        Assert.DoesNotContain("marked", Encoding.UTF8.GetString(after[1].Beside), StringComparison.Ordinal);
        Assert.Equal("Made-up Metals", ((Applied)Change(after[2])).Holder.Name);

        static LicenseBlockEvent Change(Entry entry) => JsonSerializer.Deserialize(entry.Event, CoreJson.Default.LicenseBlockEvent)!;
    }
}
