using Registry.Actors.Tests;
using Registry.Core;
using Registry.Core.Titles;

namespace Registry.Grains.Tests;

/// <summary>An activation that found no object goes at once: neither questions for ids that somebody makes up nor refusals fill the memory.</summary>
public sealed class DepartureTests : IAsyncLifetime
{
    private const int Ids = 200;

    // What a busy machine takes for it is a fraction.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private RegistryCluster _cluster = null!;
    private SmallCountry _country = null!;

    public async Task InitializeAsync() =>
        _country = await SmallCountry.Start(async country => _cluster = await RegistryCluster.Start(country, silos: 2));

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    [Fact]
    public async Task Questions_for_ids_that_the_journal_does_not_know_leave_no_activation()
    {
        await Task.WhenAll(Enumerable.Range(0, Ids).Select(async number =>
        {
            Assert.Null(await _country.Actors.LicenseBlock($"lb-{number}").Get());
            Assert.Null(await _country.Actors.LicenseBlock($"lb-{number}-shown").Feature());
            Assert.Null(await _country.Actors.Deposit($"dep-{number}").Get());
            Assert.Null(await _country.Actors.Area($"area-{number}").Get());
            Assert.Null(await _country.Actors.Party($"party-{number}").Get());
        }));

        await UntilThereAre(0);
    }

    [Fact]
    public async Task Actions_on_them_and_refused_applications_leave_none_and_the_object_that_is_there_stays()
    {
        var cells = _country.Cells(0, 0, 1, 2);
        Assert.Null((await _country.Apply("lb-there", "a", cells)).Refusal);

        await Task.WhenAll(Enumerable.Range(0, Ids).Select(async number =>
        {
            var refused = await _country.Apply($"lb-{number}", "b", cells, key: number % 2 == 0 ? null : $"key-{number}");
            Assert.Equal(RefusalKind.GroundTaken, refused.Refusal!.Kind);
            var acted = await _country.Actors.LicenseBlock($"lb-{number}-unknown").Carry(_country.By(SmallCountry.Applicant("b")), new Withdraw());
            Assert.Equal(RefusalKind.NotFound, acted.Refusal!.Kind);
        }));

        await UntilThereAre(1);
        Assert.NotNull(await _country.Actors.LicenseBlock("lb-there").Get());
    }

    // Messages that wait when an activation goes are passed on to the next one, and Orleans gives up on one that was passed on too often.
    [Fact]
    public async Task Many_who_ask_for_the_same_unknown_id_at_once_are_all_answered()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Task.WhenAll(Enumerable.Range(0, 64).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
                Assert.Null(await _country.Actors.LicenseBlock("lb-asked-for").Get());
        }));

        await UntilThereAre(0);
    }

    [Fact]
    public async Task What_is_registered_under_an_id_that_was_asked_for_before_is_there()
    {
        Assert.Null(await _country.Actors.LicenseBlock("lb-1").Get());
        Assert.Null((await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 2), key: "key")).Refusal);
        Assert.NotNull(await _country.Actors.LicenseBlock("lb-1").Get());
    }

    private async Task UntilThereAre(int activations)
    {
        var orleans = _cluster.Cluster.Client.GetGrain<IManagementGrain>(0);
        using var late = new CancellationTokenSource(Limit);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var counts = await orleans.GetSimpleGrainStatistics();
            var count = counts.Where(count => IsOfObjects(count.GrainType)).Sum(count => count.ActivationCount);
            if (count == activations)
                return;
            Assert.True(!late.IsCancellationRequested, $"There are {count} activations; {activations} were expected.");
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static bool IsOfObjects(string grainType) =>
        new[] { nameof(LicenseBlockGrain), nameof(DepositGrain), nameof(AreaGrain), nameof(PartyGrain) }
            .Any(name => grainType.Contains(name, StringComparison.Ordinal));
}
