using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Hosting;
using Registry.Actors.Tests.Features;

namespace Registry.Actors.Tests.Hosting;

public sealed class InProcessLicenseBlockTests : LicenseBlockContract
{
    protected override Task<IActorsHost> Host(SmallCountry country) => Task.FromResult<IActorsHost>(new InProcessHost(country));

    private sealed class InProcessHost(SmallCountry country) : IActorsHost
    {
        private readonly InProcessActors _actors = new(country.Regime, country.Journal, country.Clock, NullLoggerFactory.Instance);

        public IActors Actors => _actors;

        public ValueTask DisposeAsync() => _actors.DisposeAsync();
    }
}
