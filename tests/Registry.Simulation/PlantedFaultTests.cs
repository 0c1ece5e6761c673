using Registry.Simulation.Hosting;
using Registry.Simulation.PlantedFaults;
using Registry.Simulation.Running;
using Xunit.Abstractions;

namespace Registry.Simulation;

/// <summary>A simulation that finds nothing may be blind: each fault planted in a copy of the protocol must be found, and soon.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int SeedsToFind = 400;

    [Fact]
    public void It_finds_a_storage_that_does_not_check_epochs() => Finds(() => new SkippedEpochCheck());

    [Fact]
    public void It_finds_that_an_append_is_acknowledged_before_it_commits() => Finds(() => new EarlyAcknowledgement());

    [Fact]
    public void It_finds_that_a_hold_is_released_without_asking_the_journal() => Finds(() => new ReleasedUnasked());

    [Fact]
    public void It_finds_that_sheets_are_asked_out_of_order() => Finds(() => new HoldsOutOfOrder());

    [Fact]
    public void It_finds_that_a_later_hold_overtakes_an_earlier_one() => Finds(() => new OvertakingHolds());

    [Fact]
    public void It_finds_that_idempotency_keys_are_forgotten() => Finds(() => new ForgottenKeys());

    [Fact]
    public void It_finds_that_what_is_appended_together_is_torn() => Finds(() => new TornTogether());

    private void Finds(Func<Protocol> plant)
    {
        var found = Series.FirstFailure(plant, 1, SeedsToFind);

        Assert.NotNull(found);
        output.WriteLine($"Seed {found.Seed}: {string.Join('\n', found.Violations)}");
    }
}
