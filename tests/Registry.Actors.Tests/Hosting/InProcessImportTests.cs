using Registry.Actors.Tests.Imports;

namespace Registry.Actors.Tests.Hosting;

public sealed class InProcessImportTests : ImportContract
{
    protected override Task<IActorsHost> Host(SmallCountry country) => InProcessHost.Start(country);
}
