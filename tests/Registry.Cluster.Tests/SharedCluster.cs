using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>A cluster that the tests of one class share. It is started by the first of them; where tests are skipped, by none.</summary>
/// <param name="postgres">The server of its database.</param>
public sealed class SharedCluster(PostgresFixture postgres) : IAsyncLifetime
{
    private RegistryCluster? _cluster;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    /// <summary>The cluster, with three silos, whatever the test before did to it.</summary>
    public async Task<RegistryCluster> Whole()
    {
        if (_cluster is null)
            _cluster = await RegistryCluster.Start(postgres.Server);
        else
            await _cluster.Restore();
        return _cluster;
    }
}
