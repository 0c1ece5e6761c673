using Registry.Actors.Tests;
using Registry.Actors.Tests.Imports;

namespace Registry.Grains.Tests;

public sealed class ClusterImportTests : ImportContract
{
    protected override async Task<IActorsHost> Host(SmallCountry country) => await RegistryCluster.Start(country, 2);
}
