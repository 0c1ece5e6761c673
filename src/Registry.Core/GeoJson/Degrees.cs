using System.Buffers.Text;
using System.Text.Json;

namespace Registry.Core.GeoJson;

/// <summary>Writes an angle as JSON with at most nine decimals, without exponent or negative zero.</summary>
/// <remarks>
/// The angle is rounded to a whole number of billionths, of which a double holds every one up to 9 million degrees, so a number
/// that came in with nine decimals or fewer goes out unchanged.
/// </remarks>
internal static class Degrees
{
    private const int Decimals = 9;
    private const long Billion = 1_000_000_000;
    private const double Most = 1_000_000;

    /// <summary>Writes one number.</summary>
    /// <exception cref="ArgumentException">Not a finite number, or no angle.</exception>
    public static void Write(Utf8JsonWriter writer, double degrees)
    {
        if (!(Math.Abs(degrees) <= Most))
            throw new ArgumentException($"{degrees} is not a number of degrees.", nameof(degrees));
        var billionths = (long)Math.Round(degrees * Billion);
        Span<byte> text = stackalloc byte[24];
        var length = 0;
        if (billionths < 0)
            text[length++] = (byte)'-';
        var (whole, fraction) = Math.DivRem(Math.Abs(billionths), Billion);
        Utf8Formatter.TryFormat(whole, text[length..], out var digits);
        length += digits;
        if (fraction != 0)
        {
            text[length] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, text[(length + 1)..], out _, new('D', Decimals));
            length += 1 + Decimals;
            while (text[length - 1] == (byte)'0')
                length--;
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
