using System.Globalization;
using Registry.Core.Law;

namespace Registry.Actors.Journal;

/// <summary>
/// Walks the entries of a journal from the first to the last: that none is missing, that each carries the hash of the one before
/// it and its own, that instants do not go back, that what lies beside an entry has the hashes that stand in it, that the Merkle tree
/// is over these entries; and adds up what they say of every object.
/// </summary>
internal sealed class ChainWalk(IJournal journal, FaultList faults)
{
    private readonly TreeWalk _tree = new(journal, faults);
    private bool _isWhole = true;
    private byte[]? _previousHash = new byte[32];
    private DateTimeOffset _previousAt = DateTimeOffset.MinValue;

    /// <summary>How many entries were read.</summary>
    public long Entries { get; private set; }

    /// <summary>The sequence of the last entry.</summary>
    public long Last { get; private set; }

    /// <summary>The hash of the last entry that could be read; zeros before the first.</summary>
    public byte[] Head { get; private set; } = new byte[32];

    /// <summary>The edition of the law that the entries adopted last; null where they adopted none.</summary>
    public string? Law { get; private set; }

    /// <summary>Every object, as its entries left it.</summary>
    public Dictionary<StreamId, FoldedObject> Objects { get; } = [];

    /// <summary>Walks to the end, or until there are too many faults.</summary>
    public async Task Walk(CancellationToken cancellation)
    {
        await _tree.Begin(await journal.Newest());
        while (!await WalkOn(cancellation) && !faults.IsFull)
        {
            _isWhole = false;
            // The entry that cannot be read is passed over; what follows cannot be held against its hash.
            Last++;
            _previousHash = null;
        }

        if (!faults.IsFull)
            await _tree.End(_isWhole);
    }

    private async Task<bool> WalkOn(CancellationToken cancellation)
    {
        try
        {
            await foreach (var entry in journal.Read(Last).WithCancellation(cancellation))
            {
                Check(entry);
                await CheckBeside(entry);
                await _tree.Add(entry);
                Fold(entry);
                Entries++;
                Last = Math.Max(Last + 1, entry.Stamp.Sequence);
                _previousHash = Head = entry.Hash;
                _previousAt = entry.Stamp.At;
                if (faults.IsFull)
                    break;
            }

            return true;
        }
        catch (FormatException unreadable)
        {
            faults.Add(Sentence(Last + 1, $"cannot be read: {unreadable.Message}"));
            return false;
        }
    }

    private void Check(Entry entry)
    {
        var sequence = entry.Stamp.Sequence;
        if (sequence != Last + 1)
            faults.Add(Sentence(Last + 1, string.Create(CultureInfo.InvariantCulture, $"is missing; {sequence} stands in its place.")));
        if (_previousHash is not null && !entry.Previous.AsSpan().SequenceEqual(_previousHash))
            faults.Add(Sentence(sequence, "does not carry the hash of the entry before it."));
        if (!entry.Hash.AsSpan().SequenceEqual(Entry.HashOf(entry.Canonical)))
            faults.Add(Sentence(sequence, "is not what was hashed."));
        if (entry.Stamp.At < _previousAt)
            faults.Add(Sentence(sequence, "is dated before the entry before it."));
    }

    private async Task CheckBeside(Entry entry)
    {
        var references = EntryReference.In(entry.Canonical);
        var values = SealedValue.Read(entry.Beside);
        var seals = references.Where(reference => reference.IsSealed).ToList();
        if (seals.Count != values.Count)
            faults.Add(Sentence(entry.Stamp.Sequence, string.Create(CultureInfo.InvariantCulture, $"seals {seals.Count} values, and {values.Count} lie beside it.")));
        foreach (var (seal, value) in seals.Zip(values))
        {
            if (!value.IsErased && Convert.ToHexStringLower(value.Hash()) != seal.Hash)
                faults.Add(Sentence(entry.Stamp.Sequence, $"sealed another value than the one beside it: {seal.Hash} is not its hash."));
        }

        foreach (var apart in references.Where(reference => !reference.IsSealed))
        {
            if (await journal.Object(Convert.FromHexString(apart.Hash)) is not { } bytes || Convert.ToHexStringLower(LogObject.Of(bytes).Hash) != apart.Hash)
                faults.Add(Sentence(entry.Stamp.Sequence, $"names object {apart.Hash}, which is not what is kept under that hash."));
        }
    }

    private void Fold(Entry entry)
    {
        if (!Objects.TryGetValue(entry.Stream, out var folded))
            Objects.Add(entry.Stream, folded = FoldedObject.Of(entry.Stream.Collection));
        if (folded.Apply(entry) is { } sentence)
            faults.Add(Sentence(entry.Stamp.Sequence, sentence));
        if (folded is FoldedObject<LawState, LawEvent> { State: { } adopted })
            Law = adopted.Sha256;
    }

    private static string Sentence(long sequence, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"Entry {sequence} {what}");
}
