namespace Registry.Actors.Journal;

/// <summary>What an append does to the number of undecided applications that parties have.</summary>
/// <remarks>
/// The journal counts, in the transaction of the append: it alone sees all appends in one order, whichever process makes them, so that a
/// quota is neither overrun nor short of one.
/// </remarks>
/// <param name="From">The party of which there is one less; null where there is none.</param>
/// <param name="To">The party of which there is one more; null where there is none.</param>
/// <param name="Most">The most that <paramref name="To"/> may then have; null for any number.</param>
public sealed record UndecidedChange(string? From, string? To, int? Most)
{
    /// <summary>A change of an application; null where it changes no number.</summary>
    /// <param name="before">The party whose undecided application it was; null where it was none.</param>
    /// <param name="after">The party whose undecided application it is; null where it is none.</param>
    /// <param name="most">The most that a party may have; null for any number.</param>
    public static UndecidedChange? Of(string? before, string? after, int? most) =>
        before == after ? null : new UndecidedChange(before, after, most);
}
