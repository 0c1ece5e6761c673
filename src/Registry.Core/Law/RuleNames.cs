namespace Registry.Core.Law;

/// <summary>
/// The names of rules, as <c>rules</c> of a refusal gives them (<c>/problems/rule-broken</c>). Programs compare them: a name that was
/// released is not changed.
/// </summary>
public static class RuleNames
{
    /// <summary>A title names at least one cell, and so does a relinquishment.</summary>
    public const string NoCells = "no-cells";

    /// <summary>
    /// A title has at most <see cref="Regime.MostCells"/> (Kazakhstan: Art. 187(2)); and no geometry, a deposit's and an area's too, spreads over
    /// more cells than the registry works on at once.
    /// </summary>
    public const string TooManyCells = "too-many-cells";

    /// <summary>A party has at most <see cref="Regime.MostUndecided"/> undecided applications. A limit of the registry, not of the law.</summary>
    public const string TooManyUndecided = "too-many-undecided";

    /// <summary>The cells of a title hang together by their sides (Kazakhstan: Art. 19).</summary>
    public const string NotContiguous = "not-contiguous";

    /// <summary>All ground lies in the jurisdiction.</summary>
    public const string OutsideJurisdiction = "outside-jurisdiction";

    /// <summary>No cell of a title lies wholly in a restriction area that excludes.</summary>
    public const string RestrictedGround = "restricted-ground";

    /// <summary>A holder gives up only cells of its own title.</summary>
    public const string NotHeld = "not-held";

    /// <summary>Ground that is a polygon is not given up by the cell.</summary>
    public const string NotByCells = "not-by-cells";

    /// <summary>To give up all of the ground is to surrender the title.</summary>
    public const string WholeGround = "whole-ground";

    /// <summary>Some applications cannot be part of an import that is registered as one.</summary>
    public const string NotTogether = "not-together";

    /// <summary>A holder is a party of the register.</summary>
    public const string UnknownParty = "unknown-party";

    /// <summary>Silos that are not in the Development environment go by the clock of their machine.</summary>
    public const string ClockOfTheMachine = "clock-of-the-machine";

    /// <summary>The development clock goes forward only.</summary>
    public const string ClockGoesBack = "clock-goes-back";
}
