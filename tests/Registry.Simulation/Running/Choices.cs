namespace Registry.Simulation.Running;

/// <summary>
/// Everything that a seed decides, in the order in which it is asked. SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
/// Number Generators, 2014): the same on every machine and in every version of .NET.
/// </summary>
internal sealed class Choices(long seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>A number from 0 up to, and without, a bound.</summary>
    public int Below(int bound) => (int)((UInt128)Next() * (uint)bound >> 64);

    /// <summary>Whether something of a probability happens.</summary>
    public bool Happens(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>One of these.</summary>
    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A span of time, in whole microseconds.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        least + TimeSpan.FromMicroseconds((long)((UInt128)Next() * (ulong)((most - least).Ticks / TimeSpan.TicksPerMicrosecond) >> 64));

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
