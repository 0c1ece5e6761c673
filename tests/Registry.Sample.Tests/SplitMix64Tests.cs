namespace Registry.Sample.Tests;

public class SplitMix64Tests
{
    // The first numbers of seed 1234567 by the reference implementation of S. Vigna (prng.di.unimi.it/splitmix64.c).
    [Fact]
    public void The_sequence_is_that_of_the_reference()
    {
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Numbers_below_a_bound_reach_every_one_of_them_about_as_often()
    {
        var random = new SplitMix64(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Below(7)]++;

        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Fractions_lie_between_nought_and_one()
    {
        var random = new SplitMix64(2);
        var fractions = Enumerable.Range(0, 10_000).Select(_ => random.Fraction()).ToArray();

        Assert.All(fractions, fraction => Assert.InRange(fraction, 0, 1 - double.Epsilon));
        Assert.InRange(fractions.Average(), 0.49, 0.51);
    }
}
