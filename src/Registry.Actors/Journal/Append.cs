using Registry.Core;
using Registry.Core.Ground;

namespace Registry.Actors.Journal;

/// <summary>
/// One entry for the journal, with everything that must never disagree with it. It commits as a whole or not at all.
/// </summary>
public sealed record Append
{
    /// <summary>The object that changes.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The version that the change makes: one more than the version on which it was decided, 1 for the first.</summary>
    public required long Version { get; init; }

    /// <summary>The change, as UTF-8 JSON with its <c>type</c>.</summary>
    public required byte[] Event { get; init; }

    /// <summary>Who caused it.</summary>
    public required Caller By { get; init; }

    /// <summary>The edition of the law by which it was decided, in 64 hexadecimal digits; null for what no law decides.</summary>
    /// <remarks>The entry names it once an edition was adopted, and then no other than the one in force commits.</remarks>
    public string? Law { get; init; }

    /// <summary>The edition of the law that is in force from this entry on, in 64 hexadecimal digits; null where the law stays.</summary>
    public string? Adopts { get; init; }

    /// <summary>The object after the change, as UTF-8 JSON.</summary>
    public required byte[] State { get; init; }

    /// <summary>The sheets that keep the object after the change.</summary>
    public IReadOnlyList<SheetId> Sheets { get; init; } = [];

    /// <summary>Cells that the object claims by this change. Each must be claimed by nobody.</summary>
    public IReadOnlyList<Cell> Claims { get; init; } = [];

    /// <summary>Cells whose claim ends, or passes to the next in line. Each must be claimed by the object.</summary>
    public IReadOnlyList<ClaimEnd> Releases { get; init; } = [];

    /// <summary>The sheets whose word was relied on, with the epochs in which they gave it.</summary>
    public IReadOnlyList<SheetEpoch> Epochs { get; init; } = [];

    /// <summary>Deadlines that the change sets.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>The deadline that the change answers, and thereby clears.</summary>
    public Deadline? Answers { get; init; }

    /// <summary>What becomes of the number of undecided applications; null where it stays.</summary>
    public UndecidedChange? Undecided { get; init; }

    /// <summary>Entries of which values are erased by the change, and what is left beside each.</summary>
    public IReadOnlyList<LeftBeside> Erases { get; init; } = [];

    /// <summary>The idempotency key under which the change was asked for.</summary>
    public RequestKey? Key { get; init; }

    /// <summary>The entry itself where it was committed before and lost since; null where this append makes one.</summary>
    public RestoredEntry? Restores { get; init; }
}

/// <summary>An entry that a journal had lost, as the public log has it.</summary>
/// <param name="Stamp">Its place and instant.</param>
/// <param name="Previous">The hash of the entry before it, 32 bytes. No journal takes it behind another one.</param>
/// <param name="Written">Its bytes, and what lies beside them.</param>
public sealed record RestoredEntry(Stamp Stamp, byte[] Previous, WrittenEntry Written);

/// <summary>What is left beside an entry when some of its values are erased.</summary>
/// <param name="Sequence">The entry.</param>
/// <param name="Beside">What <see cref="SealedValue.Erase"/> left.</param>
public sealed record LeftBeside(long Sequence, byte[] Beside);

/// <summary>The end of a claim.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="PassesTo">The license block, next in line for the cell, that claims it from now on; null when it falls free.</param>
public readonly record struct ClaimEnd(Cell Cell, StreamId? PassesTo);

/// <summary>A sheet in one of its epochs.</summary>
public readonly record struct SheetEpoch(SheetId Sheet, long Epoch);

/// <summary>Something that falls due for an object.</summary>
/// <param name="Stream">The object.</param>
/// <param name="Kind">What falls due.</param>
/// <param name="At">When.</param>
public readonly record struct Deadline(StreamId Stream, DeadlineKind Kind, DateTimeOffset At);

/// <summary>What may fall due.</summary>
public enum DeadlineKind
{
    /// <summary>The term of a title ends.</summary>
    Expire,

    /// <summary>A queued application is looked at again.</summary>
    Reconsider,
}

/// <summary>An idempotency key, digested.</summary>
/// <param name="Id">Digest of the caller and the key: the same for the same caller's same key.</param>
/// <param name="Fingerprint">Digest of what was asked: method, address and body.</param>
public sealed record RequestKey(string Id, string Fingerprint);

/// <summary>What an idempotency key brought about. The answer is the object at that version.</summary>
public sealed record KeptAnswer(string Fingerprint, StreamId Stream, long Version);

/// <summary>What became of an append.</summary>
public abstract record AppendResult;

/// <summary>It is durable.</summary>
/// <param name="First">Where the object was first registered.</param>
/// <param name="Last">Where this change stands.</param>
public sealed record Committed(Stamp First, Stamp Last) : AppendResult;

/// <summary>The object has a change of that version already; nothing was written.</summary>
public sealed record VersionTaken : AppendResult;

/// <summary>A sheet was activated anew since it gave its word; nothing was written.</summary>
/// <param name="Sheet">The sheet and its epoch now.</param>
public sealed record EpochPassed(SheetEpoch Sheet) : AppendResult;

/// <summary>It was decided by another edition of the law than the one in force; nothing was written.</summary>
/// <param name="InForce">The edition that was adopted last.</param>
public sealed record LawPassed(string InForce) : AppendResult;

/// <summary>
/// A claim is not as the append expects: another object claims the cell, or this one does not; nothing was written.
/// </summary>
public sealed record ClaimConflict(Cell Cell, StreamId? Claimant) : AppendResult;

/// <summary>The party has as many undecided applications as it may; nothing was written.</summary>
public sealed record TooManyUndecided : AppendResult;

/// <summary>The idempotency key was used before; nothing was written.</summary>
public sealed record KeyUsed(KeptAnswer Answer) : AppendResult;
