using Registry.Simulation.Faults;
using Registry.Simulation.Hosting;
using Registry.Simulation.Running;
using Xunit.Abstractions;

namespace Registry.Simulation;

/// <summary>The protocol as it is, under 2,000 seeds.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int SeedsEach = 500;

    [Theory]
    [InlineData(1)]
    [InlineData(501)]
    [InlineData(1001)]
    [InlineData(1501)]
    public void No_order_of_messages_crashes_and_storage_answers_breaks_a_promise(long first)
    {
        var series = Series.Of(new Protocol(), first, SeedsEach);

        output.WriteLine(series.ToString());
        Assert.True(series.Failed.Count == 0, series.ToString());
        Assert.All(Enum.GetValues<Fault>(), fault => Assert.True(series.Faults[(int)fault] > 0, $"{fault} never struck."));
    }
}
