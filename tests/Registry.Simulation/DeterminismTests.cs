using Registry.Simulation.Hosting;
using Registry.Simulation.Running;

namespace Registry.Simulation;

/// <summary>A seed is a run: whoever replays it sees the same steps.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_takes_the_same_steps_to_the_same_journal()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var (first, second) = (Run.Of(seed, new Protocol()), Run.Of(seed, new Protocol(), isTraced: true));

            Assert.Equal((first.Steps, first.Digest), (second.Steps, second.Digest));
        }
    }

    [Fact]
    public void Seeds_that_run_at_the_same_time_do_not_disturb_each_other()
    {
        var alone = Enumerable.Range(1, 16).Select(seed => Run.Of(seed, new Protocol()).Digest).ToArray();

        var together = new ulong[alone.Length];
        Parallel.For(0, alone.Length, place => together[place] = Run.Of(place + 1, new Protocol()).Digest);

        Assert.Equal(alone, together);
    }

    [Fact]
    public void Different_seeds_take_different_steps()
    {
        var digests = Enumerable.Range(1, 40).Select(seed => Run.Of(seed, new Protocol()).Digest);

        Assert.Equal(40, digests.Distinct().Count());
    }
}
