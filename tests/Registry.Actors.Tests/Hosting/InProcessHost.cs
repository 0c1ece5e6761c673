using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;

namespace Registry.Actors.Tests.Hosting;

/// <summary>The actors of a country in this process.</summary>
public sealed class InProcessHost : IActorsHost
{
    private readonly InProcessActors _actors;

    private InProcessHost(SmallCountry country) =>
        _actors = new InProcessActors(country.Regime, country.Journal, country.Clock, NullLoggerFactory.Instance);

    public IActors Actors => _actors;

    public static Task<IActorsHost> Start(SmallCountry country) => Task.FromResult<IActorsHost>(new InProcessHost(country));

    public ValueTask DisposeAsync() => _actors.DisposeAsync();
}
