using System.Buffers.Text;

namespace Registry.Core.Ground;

/// <summary>Writes degrees that are whole in tenths of an arc-second as decimal text, by integers, in the shortest form of at most 7 decimals.</summary>
internal static class DecimalDegrees
{
    /// <summary>Room for any longitude: <c>-179.9999722</c>.</summary>
    public const int MostBytes = 12;

    private const int Decimals = 7;
    private const int One = 10_000_000;

    /// <param name="tenths">Tenths of an arc-second, within 180 degrees either way.</param>
    /// <param name="text">Room for <see cref="MostBytes"/>.</param>
    /// <returns>How many bytes were written, in ASCII.</returns>
    public static int Format(int tenths, Span<byte> text)
    {
        var length = 0;
        if (tenths < 0)
            text[length++] = (byte)'-';
        var (whole, fraction) = Math.DivRem(Rounded(tenths), One);
        Utf8Formatter.TryFormat(whole, text[length..], out var digits);
        length += digits;
        if (fraction == 0)
            return length;
        text[length++] = (byte)'.';
        for (var i = Decimals - 1; i >= 0; i--)
        {
            text[length + i] = (byte)('0' + (fraction % 10));
            fraction /= 10;
        }

        length += Decimals;
        while (text[length - 1] == '0')
            length--;
        return length;
    }

    /// <summary>The number that who reads the text gets in double precision.</summary>
    public static double ValueOf(int tenths) => Math.CopySign(Rounded(tenths) / (double)One, tenths);

    // 10^7 / 36,000 is 2,500 / 9; the half is added to round to the nearest.
    private static int Rounded(int tenths) => (int)(((Math.Abs((long)tenths) * 2500 * 2) + 9) / 18);
}
