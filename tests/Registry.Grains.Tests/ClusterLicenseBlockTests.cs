using Registry.Actors.Tests;
using Registry.Actors.Tests.Features;

namespace Registry.Grains.Tests;

/// <summary>The contract of the license block, kept by grains on three silos.</summary>
public sealed class ClusterLicenseBlockTests : LicenseBlockContract
{
    protected override async Task<IActorsHost> Host(SmallCountry country) => await RegistryCluster.Start(country, silos: 3);
}
