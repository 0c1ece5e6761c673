namespace Registry.Core.Law;

/// <summary>The regimes that the registry knows.</summary>
public static class Regimes
{
    private static readonly Lazy<Regime> LazyKazakhstan = new(Law.Kazakhstan.KazakhRegime.Create);

    /// <summary>Kazakhstan: Code on Subsoil and Subsoil Use of 27 December 2017. Built at the first use, which reads the outline.</summary>
    public static Regime Kazakhstan => LazyKazakhstan.Value;

    /// <summary>The codes of the regimes, as <c>Registry__Regime</c> takes them.</summary>
    public static IReadOnlyList<string> Codes { get; } = [Law.Kazakhstan.KazakhRegime.Code];

    /// <summary>The regime of a code; null when there is none.</summary>
    /// <param name="code">Such as <c>kz</c>; letter case does not matter.</param>
    public static Regime? Find(string code) =>
        code.Equals(Law.Kazakhstan.KazakhRegime.Code, StringComparison.OrdinalIgnoreCase) ? Kazakhstan : null;
}
