using System.Globalization;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Log.Tree;

namespace Registry.Storage;

/// <summary>The newest entry, as far as the next one needs it.</summary>
/// <param name="Stamp">Its place and instant.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Sealed">The latest instant that was sealed: the next entry is stamped later.</param>
/// <param name="Tree">The tree over the entries that were committed.</param>
/// <param name="Law">The edition of the law that was adopted last; null where none was.</param>
internal sealed record Head(Stamp Stamp, byte[] Hash, DateTimeOffset Sealed, TreeFrontier Tree, string? Law = null)
{
    /// <summary>What stands before the first entry.</summary>
    public static Head None { get; } = new(new Stamp(0, DateTimeOffset.MinValue), new byte[32], DateTimeOffset.MinValue, TreeFrontier.Empty);

    /// <summary>
    /// The place and instant of the next entry: the clock's instant, but never before the entry before it, nor at or before what is
    /// sealed, whatever the clock does. An entry that is restored has its own.
    /// </summary>
    /// <exception cref="InvalidOperationException">An entry is restored that does not follow this one.</exception>
    public Stamp Next(Append append, TimeProvider clock)
    {
        if (append.Restores is { } restored)
        {
            return restored.Stamp.Sequence == Stamp.Sequence + 1 && restored.Previous.AsSpan().SequenceEqual(Hash) && restored.Stamp.At >= Stamp.At
                ? restored.Stamp
                : throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"Entry {restored.Stamp.Sequence} does not follow the newest one of the journal, {Stamp.Sequence}: the journal was written to meanwhile."));
        }

        var now = JournalInstant.Of(clock.GetUtcNow());
        var earliest = Stamp.At > Sealed ? Stamp.At : Sealed.AddTicks(TimeSpan.TicksPerMicrosecond);
        return new Stamp(Stamp.Sequence + 1, now > earliest ? now : earliest);
    }

    /// <summary>The same, when the tree is over as many entries as there are.</summary>
    /// <exception cref="JournalUnavailableException">It is not: nothing may be appended to it.</exception>
    public Head Checked() => Tree.Size == Stamp.Sequence ? this : throw new JournalUnavailableException(string.Create(
        CultureInfo.InvariantCulture, $"The journal has {Stamp.Sequence} entries and its tree {Tree.Size}: it was tampered with, and nothing is written. Run registry verify."));

    /// <summary>Whether an append was decided by the law in force, or by none. Before any edition was adopted every one will do.</summary>
    public bool Admits(Append append) => append.Law is null || Law is null || append.Law == Law;

    /// <summary>The next entry, as it is stored: it names its edition of the law once one was adopted.</summary>
    /// <exception cref="NotSupportedException">The event is not known.</exception>
    /// <exception cref="InvalidOperationException">The entry would have too many bytes.</exception>
    public WrittenEntry Write(Append append, Stamp stamp, ISalts salts) => append.Restores?.Written ?? Entry.Write(Law is null ? append with { Law = null } : append, stamp, Hash, salts);

    /// <summary>The head after an entry. Its tree is moved once for a whole transaction.</summary>
    public Head After(Append append, Stamp stamp, byte[] hash) => this with { Stamp = stamp, Hash = hash, Law = append.Adopts ?? Law };

    /// <summary>The same with an instant sealed too.</summary>
    /// <param name="instant">Whole microseconds, in UTC.</param>
    public Head Seal(DateTimeOffset instant) => instant > Sealed ? this with { Sealed = instant } : this;
}
