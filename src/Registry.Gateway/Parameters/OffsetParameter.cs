using System.Globalization;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>
/// The parameter <c>offset</c>: how many features are passed over. For clients that page by it whatever links say; links <c>next</c> name a
/// place instead, which stays where it is while others register.
/// </summary>
public static class OffsetParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "offset";

    /// <summary>The most that are passed over.</summary>
    public const int Most = 100_000;

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="offset">0 to <see cref="Most"/>.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, out int offset)
    {
        offset = 0;
        if (text is null || (int.TryParse(text.Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out offset) && offset <= Most))
            return null;
        return Refusal.Malformed(
            Name, string.Create(CultureInfo.InvariantCulture, $"The offset is a whole number from 0 to {Most}; the links next lead further."));
    }
}
