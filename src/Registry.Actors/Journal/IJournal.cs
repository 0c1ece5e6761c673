using Registry.Core;
using Registry.Core.Ground;

namespace Registry.Actors.Journal;

/// <summary>
/// The truth: one totally ordered, append-only list of entries, with the claims on cells, the current state of every object, the
/// deadlines and the answers to idempotency keys, all changed in the same transaction as the entry that changes them.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Appends that wait together commit together; each succeeds or fails by itself. A load of several
/// objects sees all of them at one instant.
/// <para>
/// One database keeps all of it, and so one interface has all of it. Whoever needs a part only takes that part: what is published
/// (<see cref="IPublicLog"/>), the imports (<see cref="IKeptImports"/>), the keys (<see cref="IKeyring"/>).
/// </para>
/// </remarks>
public interface IJournal : IPublicLog, IKeptImports, IKeyring, IAsyncDisposable
{
    /// <summary>Appends one entry. When the task ends with <see cref="Committed"/>, the entry is durable.</summary>
    /// <remarks>
    /// Checked in this order, and the first that fails is the answer: the idempotency key (<see cref="KeyUsed"/>), the edition of the law
    /// (<see cref="LawPassed"/>), the epochs (<see cref="EpochPassed"/>; a sheet never raised is in epoch 0), the version (<see cref="VersionTaken"/>), the number of
    /// undecided applications (<see cref="TooManyUndecided"/>), then the releases and after them the claims, each in turn
    /// (<see cref="ClaimConflict"/>).
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// A claim or a deadline is given to an object that was never registered, or an entry is restored that does not follow the newest one;
    /// nothing was written.
    /// </exception>
    /// <exception cref="JournalUnavailableException">The storage failed; the entry may or may not be there.</exception>
    Task<AppendResult> Append(Append append);

    /// <summary>Appends several entries in one transaction, one behind the other with nothing between them: all of them, or none.</summary>
    /// <param name="appends">The entries, of as many objects; each is checked as <see cref="Append"/> does, after those before it.</param>
    /// <exception cref="InvalidOperationException">
    /// A claim or a deadline is given to an object that was never registered; nothing was written.
    /// </exception>
    /// <exception cref="JournalUnavailableException">The storage failed; all of the entries may be there, or none.</exception>
    Task<JointResult> AppendAll(IReadOnlyList<Append> appends);

    /// <summary>An object as it stands; null when it was never registered.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<StoredObject?> Load(StreamId stream);

    /// <summary>Every object that lies on a sheet, in the order of first registration.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<StoredObject> LoadSheet(SheetId sheet);

    /// <summary>Every object of a collection, in the order of first registration.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<StoredObject> LoadAll(Collection collection);

    /// <summary>
    /// Begins a new epoch of a sheet. An append that relies on an earlier one either committed before this call ended, and is
    /// seen by every load after it, or never will.
    /// </summary>
    /// <returns>The new epoch.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<long> RaiseEpoch(SheetId sheet);

    /// <summary>The epoch in which a sheet is; 0 when it was never raised.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<long> EpochOf(SheetId sheet);

    /// <summary>What an idempotency key brought about; null when it brought about nothing.</summary>
    /// <param name="keyId">The <see cref="RequestKey.Id"/>.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<KeptAnswer?> FindAnswer(string keyId);

    /// <summary>The sequence of the newest entry; 0 before the first. Whatever was acknowledged before the call is at or before it.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<long> Newest();

    /// <summary>The edition of the law against which the next append is held, in 64 hexadecimal digits; null where none was adopted.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<string?> LawOfNextAppend();

    /// <summary>The entries of one object, oldest first.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<Entry> History(StreamId stream);

    /// <summary>
    /// How far the journal had come at an instant: the sequence of the last entry that is not stamped later. Entries are stamped in
    /// their order, so that this is one place and not a choice; and whatever commits after this call has ended is stamped later than
    /// the instant, whichever process commits it, so that the answer never changes.
    /// </summary>
    /// <remarks>
    /// An instant before the newest entry's is only looked up. At or after it, the instant is first <em>sealed</em>: the journal
    /// keeps, durably, that nothing more is stamped at or before it.
    /// </remarks>
    /// <param name="instant">The instant; cut to whole microseconds.</param>
    /// <returns>
    /// The sequence; 0 before the first entry; null when the instant has not come yet: neither by this journal's clock, nor by that of
    /// another process, which stamped an entry or sealed an instant as late. What one process of a cluster told, every other knows.
    /// </returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<long?> CutAt(DateTimeOffset instant);

    /// <summary>
    /// What is needed to see a sheet as it was: the entries, up to a sequence, of every object that lay on it at some time, those
    /// that left it included; object by object in the order of first registration, the entries of each oldest first.
    /// </summary>
    /// <remarks>Other objects may be among them: which objects lay on the sheet at the sequence, their states tell.</remarks>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<Entry> SheetHistory(SheetId sheet, long upTo);

    /// <summary>The entries after a sequence, in order, up to the newest at its beginning.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<Entry> Read(long after);

    /// <summary>
    /// The entries after a sequence, in order, and then each new one as it commits, until cancelled or the journal is disposed.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<Entry> Tail(long after, CancellationToken cancellation);

    /// <summary>Every claim, in the order of cells.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    IAsyncEnumerable<KeyValuePair<Cell, StreamId>> Claims();

    /// <summary>Deadlines that are due at an instant, earliest first. Their instants are cut to whole microseconds.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<IReadOnlyList<Deadline>> DueAt(DateTimeOffset instant, int limit);

    /// <summary>The deadlines of one object, earliest first.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<IReadOnlyList<Deadline>> DeadlinesOf(StreamId stream);

    /// <summary>Clears a deadline that asked for no change. Clearing one that is not there does nothing.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task Clear(Deadline deadline);
}

/// <summary>An object as the journal keeps it.</summary>
/// <param name="Stream">Which object.</param>
/// <param name="Version">How many changes it has had.</param>
/// <param name="First">Where it was first registered.</param>
/// <param name="Last">Where it last changed.</param>
/// <param name="State">Its state, as UTF-8 JSON.</param>
public sealed record StoredObject(StreamId Stream, long Version, Stamp First, Stamp Last, byte[] State);

/// <summary>The storage failed, and what was asked may or may not have been done.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <inheritdoc/>
    public JournalUnavailableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
