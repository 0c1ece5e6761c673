using System.Buffers.Text;

namespace Registry.Core.GeoJson;

/// <summary>Writes coordinates as decimal text without exponent, negative zero or zeros at the end.</summary>
public static class FixedDecimals
{
    /// <summary>Room for any number that is written.</summary>
    public const int MostBytes = 32;

    // Above it a double no longer holds every step of the last decimal.
    private const double MostScaled = 9e15;

    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Writes a number rounded to a count of decimals.</summary>
    /// <param name="text">Room for <see cref="MostBytes"/>.</param>
    /// <param name="value">The number.</param>
    /// <param name="decimals">0 to 9.</param>
    /// <returns>How many bytes were written, in ASCII.</returns>
    /// <exception cref="ArgumentException">Not a finite number, or too great for so many decimals.</exception>
    public static int Format(Span<byte> text, double value, int decimals)
    {
        var one = Powers[decimals];
        if (!(Math.Abs(value) * one <= MostScaled))
            throw new ArgumentException($"{value} is no coordinate of {decimals} decimals.", nameof(value));
        var steps = (long)Math.Round(value * one);
        var length = 0;
        if (steps < 0)
            text[length++] = (byte)'-';
        var (whole, fraction) = Math.DivRem(Math.Abs(steps), one);
        Utf8Formatter.TryFormat(whole, text[length..], out var digits);
        length += digits;
        if (fraction == 0)
            return length;
        text[length] = (byte)'.';
        Utf8Formatter.TryFormat(fraction, text[(length + 1)..], out _, new('D', (byte)decimals));
        length += 1 + decimals;
        while (text[length - 1] == (byte)'0')
            length--;
        return length;
    }
}
