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
    private const double Billion = 1_000_000_000;
    private const double Most = 1_000_000;

    /// <summary>Writes one number.</summary>
    /// <exception cref="ArgumentException">Not a finite number, or no angle.</exception>
    public static void Write(Utf8JsonWriter writer, double degrees)
    {
        if (!(Math.Abs(degrees) <= Most))
            throw new ArgumentException($"{degrees} is not a number of degrees.", nameof(degrees));
        Span<byte> text = stackalloc byte[FixedDecimals.MostBytes];
        var length = FixedDecimals.Format(text, degrees, Decimals);
        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>The number that who reads the text gets in double precision.</summary>
    public static double Rounded(double degrees) => Math.Round(degrees * Billion) / Billion;
}
