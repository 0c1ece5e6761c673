using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>No silo has most of the sheets, whichever silos there are.</summary>
[Collection(PostgresTests.Name)]
public sealed class SpreadTests(PostgresFixture postgres)
{
    // Sheets look every 5 s whether they are at home.
    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task No_silo_holds_more_than_half_of_the_sheets_also_after_a_join_and_after_a_leave()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        await using var places = await SheetPlaces.Of(cluster.Database);
        await places.UntilSpread(3, cluster);

        await cluster.AddSilo();
        await places.UntilSpread(4, cluster);

        Assert.Equal(0, await cluster.Silos[0].Terminate());
        await places.UntilSpread(3, cluster);
    }
}
