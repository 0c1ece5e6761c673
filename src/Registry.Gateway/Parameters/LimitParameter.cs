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

    /// <summary>The most that are given.</summary>
    public const int Most = 10_000;

    /// <summary>Reads the parameter. What is above the most is the most (OGC API - Features 1.0.1, /req/core/fc-limit-response-1).</summary>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="limit">1 to <see cref="Most"/>.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(ReadOnlyMemory<char>? text, out int limit)
    {
        limit = Default;
        if (text is not { IsEmpty: false } value || value.Span.ContainsAnyExceptInRange('0', '9') || !value.Span.ContainsAnyExcept('0'))
        {
            return text is null ? null : Refusal.Malformed(Name, string.Create(
                CultureInfo.InvariantCulture, $"The limit is a whole number of 1 or more; no more than {Most} are given."));
        }

        limit = int.TryParse(value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, Most) : Most;
        return null;
    }
}
