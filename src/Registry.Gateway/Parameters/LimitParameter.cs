using System.Globalization;
using Registry.Core;

namespace Registry.Gateway.Parameters;

/// <summary>The parameter <c>limit</c>: how many features one answer may have.</summary>
public static class LimitParameter
{
    /// <summary>The parameter's name.</summary>
    public const string Name = "limit";

    /// <summary>How many are given when nothing is asked.</summary>
    public const int Default = 10;

    /// <summary>The most that may be asked.</summary>
    public const int Most = 10_000;

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="limit">1 to <see cref="Most"/>.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, out int limit)
    {
        limit = Default;
        if (text is null)
            return null;
        return int.TryParse(text.Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= Most
            ? null
            : Refusal.Malformed(Name, string.Create(CultureInfo.InvariantCulture, $"The limit is a whole number from 1 to {Most}."));
    }
}
