using System.Globalization;
using Registry.Core.Law;

namespace Registry.Core.Countries;

/// <summary>The regimes that the registry knows.</summary>
public static class Regimes
{
    private static readonly Lazy<Regime> LazyKazakhstan = new(Law.Kazakhstan.KazakhRegime.Create);

    /// <summary>Kazakhstan: Code on Subsoil and Subsoil Use of 27 December 2017. Built at the first use, which reads the outline.</summary>
    public static Regime Kazakhstan => LazyKazakhstan.Value;

    /// <summary>The codes of the regimes, as <c>Registry__Regime</c> takes them.</summary>
    public static IReadOnlyList<string> Codes { get; } = [Law.Kazakhstan.KazakhRegime.Code];

    /// <summary>The most undecided applications of a party where <c>Registry__MostUndecided</c> does not say.</summary>
    /// <remarks>Far more than any applicant has. Even by single cells it leaves nine tenths of Kazakhstan's 1,183,044 to others.</remarks>
    public const int MostUndecided = 100_000;

    /// <summary>Reads <c>Registry__MostUndecided</c>: a number of applications, or <c>none</c> for no quota.</summary>
    /// <param name="text">The setting; null where it is not made.</param>
    /// <param name="most">The most undecided applications of a party; null for any number.</param>
    /// <returns>Whether the setting is one of these.</returns>
    public static bool TryReadMostUndecided(string? text, out int? most)
    {
        most = text switch
        {
            null or "" => MostUndecided,
            "none" => null,
            _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1,
        };
        return most is null or >= 0;
    }

    /// <summary>The regime of a code; null when there is none.</summary>
    /// <param name="code">Such as <c>kz</c>; letter case does not matter.</param>
    public static Regime? Find(string code) =>
        code.Equals(Law.Kazakhstan.KazakhRegime.Code, StringComparison.OrdinalIgnoreCase) ? Kazakhstan : null;
}
