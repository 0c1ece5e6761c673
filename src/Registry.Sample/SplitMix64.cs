namespace Registry.Sample;

/// <summary>
/// A small generator of pseudo-random numbers whose sequence is the same everywhere for ever, which <c>System.Random</c> does not
/// promise: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014. Not for secrets. Not safe for many threads.
/// </summary>
/// <param name="seed">Where the sequence begins.</param>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number.</summary>
    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 to one less than the bound, which is positive.</summary>
    /// <remarks>Some numbers are favoured by one part in 2^32 at most (Lemire's multiplication without rejection).</remarks>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>A number from 0 to 1, 1 not included.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of a list that is not empty.</summary>
    /// <typeparam name="T">What the list holds.</typeparam>
    public T OneOf<T>(IReadOnlyList<T> list) => list[Below(list.Count)];
}
