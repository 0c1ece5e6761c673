using System.Globalization;

namespace Registry.Gateway.Parameters;

/// <summary>Reads numbers as people write them in addresses: decimal point, optional sign and exponent, nothing else.</summary>
public static class Numbers
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a finite number within bounds, both of which are in.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, double least, double most, out double value) =>
        // The comparisons are false for NaN, which the parser knows by name.
        double.TryParse(text, Plain, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
