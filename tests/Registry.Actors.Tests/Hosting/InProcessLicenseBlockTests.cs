using Registry.Actors.Tests.Features;

namespace Registry.Actors.Tests.Hosting;

public sealed class InProcessLicenseBlockTests : LicenseBlockContract
{
    protected override Task<IActorsHost> Host(SmallCountry country) => InProcessHost.Start(country);
}
