using Xunit.Abstractions;

namespace Registry.Simulation.Signing;

/// <summary>Kills between commit, tree and signature: never two roots for one size.</summary>
public sealed class KilledSignerTests(ITestOutputHelper output)
{
    private const int Steps = 60;
    private const int SeedsToFind = 50;

    [Fact]
    public Task Whenever_the_signer_is_killed_it_signs_one_root_for_a_size() => Live(seeds: 25, leastKills: 250);

    [Fact]
    [Trait("Category", "Long")]
    public Task Whenever_the_signer_is_killed_a_thousand_times_it_signs_one_root_for_a_size() => Live(seeds: 100, leastKills: 1000);

    [Fact]
    public async Task It_finds_that_a_state_is_put_back_together_with_the_journal()
    {
        for (var seed = 1; seed <= SeedsToFind; seed++)
        {
            using var life = new SignerLife(seed, forgets: true);
            await life.Run(Steps);
            if (life.Violations.Count == 0)
                continue;
            output.WriteLine($"Seed {seed}: {life.Violations[0]}");
            Assert.Contains("Two roots", life.Violations[0], StringComparison.Ordinal);
            return;
        }

        Assert.Fail("The simulation is blind.");
    }

    private async Task Live(int seeds, int leastKills)
    {
        var (kills, refusals, checkpoints) = (0, 0, 0);
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var life = new SignerLife(seed);
            await life.Run(Steps);
            Assert.True(life.Violations.Count == 0, $"Seed {seed}: {string.Join('\n', life.Violations)}");
            (kills, refusals, checkpoints) = (kills + life.Kills, refusals + life.Refusals, checkpoints + life.Checkpoints);
        }

        output.WriteLine($"{seeds} seeds: {kills} kills, {checkpoints} checkpoints, {refusals} refusals");
        Assert.InRange(kills, leastKills, int.MaxValue);
        Assert.InRange(refusals, seeds, int.MaxValue);
        Assert.InRange(checkpoints, 5 * seeds, int.MaxValue);
    }
}
