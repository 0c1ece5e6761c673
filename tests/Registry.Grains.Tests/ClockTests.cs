using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Hosting;
using Registry.Actors.Tests;
using Registry.Core.Titles;
using Registry.Grains.Clocks;

namespace Registry.Grains.Tests;

/// <summary>Where the clock of a client in development was moved, those of the silos are, if they are in development too.</summary>
public sealed class ClockTests
{
    private static readonly TimeSpan s_tenYears = TimeSpan.FromDays(3653);

    // As many as make it all but certain that each silo has one.
    private const int Titles = 12;

    [Fact]
    public async Task Every_silo_decides_by_the_clock_of_who_asks_and_another_client_learns_of_it()
    {
        await using var registry = await Registry.Start(areSilosInDevelopment: true);
        await registry.Grant(1, 2026);
        registry.Clock.KeepUpWith(s_tenYears);
        for (var title = 2; title <= Titles; title++)
            await registry.Grant(title, 2036);

        var clockOfAnother = new DevelopmentClock(TimeProvider.System);
        var another = new ClusterClock(clockOfAnother, registry.Cluster.Cluster.Client);
        Assert.True(await registry.Others.Meet());
        await another.KeepUp();
        Assert.Equal(s_tenYears, clockOfAnother.Ahead);
    }

    [Fact]
    public async Task A_silo_in_production_goes_by_the_clock_of_its_machine_whatever_it_is_told()
    {
        await using var registry = await Registry.Start(areSilosInDevelopment: false);
        registry.Clock.KeepUpWith(s_tenYears);
        for (var title = 1; title <= Titles; title++)
            await registry.Grant(title, 2026);
        Assert.False(await registry.Others.Meet());
    }

    private sealed class Registry : IAsyncDisposable
    {
        private readonly SmallCountry _country;

        private Registry(SmallCountry country, RegistryCluster cluster, DevelopmentClock clock) => (_country, Cluster, Clock) = (country, cluster, clock);

        public RegistryCluster Cluster { get; }

        /// <summary>Of the client.</summary>
        public DevelopmentClock Clock { get; }

        public IOtherClocks Others => Cluster.Cluster.Client.ServiceProvider.GetRequiredService<IOtherClocks>();

        public static async Task<Registry> Start(bool areSilosInDevelopment)
        {
            RegistryCluster? cluster = null;
            DevelopmentClock? clock = null;
            var country = await SmallCountry.Start(async country =>
            {
                clock = new DevelopmentClock(country.Clock);
                return cluster = await RegistryCluster.Start(
                    country,
                    silos: 3,
                    silo =>
                    {
                        if (!areSilosInDevelopment)
                            return;
                        silo.Services.AddSingleton(new DevelopmentClock(country.Clock));
                        silo.AddClock();
                    },
                    client =>
                    {
                        client.Services.AddSingleton(clock);
                        client.AddClock();
                    });
            });
            return new Registry(country, cluster!, clock!);
        }

        /// <summary>A title on ground of its own, whose day of grant has to lie in a year.</summary>
        public async Task Grant(int title, int year)
        {
            var id = $"lb-{title}";
            Assert.Null((await _country.Apply(id, "a", _country.Cells(title % 2, title / 2, 1, 1))).Refusal);
            var granted = (await _country.Decide(id, new Grant())).Object!.State;
            Assert.Equal(year, granted.GrantedOn!.Value.Year);
        }

        public ValueTask DisposeAsync() => _country.DisposeAsync();
    }
}
