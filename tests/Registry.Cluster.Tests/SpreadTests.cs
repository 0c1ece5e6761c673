using Registry.Core.Ground;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>No silo has most of the sheets, whichever silos there are, and the sheets of one are no matter of the others.</summary>
[Collection(PostgresTests.Name)]
public sealed class SpreadTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    // Sheets look every 5 s whether they are at home.
    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task No_silo_holds_more_than_half_of_the_sheets_also_after_a_join_and_after_a_leave()
    {
        var cluster = await shared.Whole();
        await using var places = await SheetPlaces.Of(cluster.Database);
        await places.UntilSpread(3, cluster);

        await cluster.AddSilo();
        await places.UntilSpread(4, cluster);

        Assert.Equal(0, await cluster.Silos[0].Terminate());
        await places.UntilSpread(3, cluster);
    }

    [PostgresTheory(Timeout = Deadline.OfATest)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_that_ends_or_dies_costs_the_sheets_of_the_others_nothing(bool dies)
    {
        var cluster = await shared.Whole();
        await using var places = await SheetPlaces.Of(cluster.Database);
        await places.UntilSpread(3, cluster);
        var before = await places.BySheet();
        var epochs = await Epochs(cluster, before.Keys);

        if (dies)
            await cluster.Silos[0].Kill();
        else
            Assert.Equal(0, await cluster.Silos[0].Terminate());
        await cluster.EverySheetAnswers();

        var after = await places.BySheet();
        var survivors = after.Values.ToHashSet();
        Assert.Equal(2, survivors.Count);
        var theirs = before.Where(pair => survivors.Contains(pair.Value)).ToList();
        // A few may be on their way to the other, since with the number of silos the homes of a few change.
        var stayed = theirs.Where(pair => pair.Value.Equals(after.GetValueOrDefault(pair.Key))).Select(pair => pair.Key).ToList();
        Assert.InRange(stayed.Count, theirs.Count / 2, theirs.Count);
        // Each activation raises the epoch.
        Assert.Equal(stayed.Select(sheet => (sheet, epochs[sheet])), (await Epochs(cluster, stayed)).Select(pair => (pair.Key, pair.Value)));
    }

    private static async Task<Dictionary<SheetId, long>> Epochs(RegistryCluster cluster, IEnumerable<SheetId> sheets)
    {
        await using var journal = await cluster.OpenJournal();
        var epochs = new Dictionary<SheetId, long>();
        foreach (var sheet in sheets)
            epochs.Add(sheet, await journal.EpochOf(sheet));
        return epochs;
    }
}
