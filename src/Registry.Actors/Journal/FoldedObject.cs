using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Erasures;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Parties;
using Registry.Core.Titles;

namespace Registry.Actors.Journal;

/// <summary>An object as its entries leave it.</summary>
internal abstract class FoldedObject
{
    /// <summary>The kinds of event that change objects.</summary>
    public static IReadOnlyList<(Collection Collection, Type Event)> Events { get; } =
    [
        (Collection.LicenseBlocks, typeof(LicenseBlockEvent)),
        (Collection.Deposits, typeof(DepositEvent)),
        (Collection.Areas, typeof(AreaEvent)),
        (Collection.Parties, typeof(PartyEvent)),
        (Collection.Erasures, typeof(ErasureEvent)),
        (Collection.Law, typeof(LawEvent)),
    ];

    /// <summary>How license blocks are folded.</summary>
    public static Folding<LicenseBlockState, LicenseBlockEvent> LicenseBlocks { get; } =
        new(CoreJson.Default.LicenseBlockState, CoreJson.Default.LicenseBlockEvent, LicenseBlockState.After);

    /// <summary>Which object.</summary>
    public StreamId Stream { get; private set; }

    /// <summary>How many changes it has had.</summary>
    public long Version { get; private set; }

    /// <summary>Where it was first registered.</summary>
    public Stamp First { get; private set; }

    /// <summary>Where it last changed.</summary>
    public Stamp Last { get; private set; }

    /// <summary>An object of a collection before its first entry.</summary>
    public static FoldedObject Of(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => new FoldedObject<LicenseBlockState, LicenseBlockEvent>(LicenseBlocks),
        Collection.Deposits => new FoldedObject<DepositState, DepositEvent>(
            new(CoreJson.Default.DepositState, CoreJson.Default.DepositEvent, DepositState.After)),
        Collection.Areas => new FoldedObject<AreaState, AreaEvent>(
            new(CoreJson.Default.AreaState, CoreJson.Default.AreaEvent, AreaState.After)),
        Collection.Parties => new FoldedObject<PartyState, PartyEvent>(
            new(CoreJson.Default.PartyState, CoreJson.Default.PartyEvent, PartyState.After)),
        Collection.Erasures => new FoldedObject<ErasureState, ErasureEvent>(
            new(CoreJson.Default.ErasureState, CoreJson.Default.ErasureEvent, ErasureState.After)),
        Collection.Law => new FoldedObject<LawState, LawEvent>(new(CoreJson.Default.LawState, CoreJson.Default.LawEvent, LawState.After)),
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Not a collection."),
    };

    /// <summary>An object as it is stored, to which its next entries are added.</summary>
    /// <exception cref="JsonException">Its state cannot be read.</exception>
    public static FoldedObject From(StoredObject stored)
    {
        var folded = Of(stored.Stream.Collection);
        (folded.Stream, folded.Version, folded.First, folded.Last) = (stored.Stream, stored.Version, stored.First, stored.Last);
        folded.Deserialize(stored.State);
        return folded;
    }

    /// <summary>Adds the next entry.</summary>
    /// <returns>What is wrong with it, to follow "Entry 7"; null when nothing is.</returns>
    public string? Apply(Entry entry)
    {
        var sentence = entry.Version == Version + 1
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"is version {entry.Version} of {entry.Stream}, where {Version + 1} was to come.");
        if (Version == 0)
            (Stream, First) = (entry.Stream, entry.Stamp);
        Last = entry.Stamp;
        Version = entry.Version;
        try
        {
            Change(entry.Event);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or NotSupportedException)
        {
            return $"cannot be applied to {entry.Stream}: {fault.Message}";
        }

        return sentence;
    }

    /// <summary>In what a stored object differs from what its entries say.</summary>
    /// <returns>A sentence; null when it does not differ.</returns>
    public string? DifferenceFrom(StoredObject stored)
    {
        if (stored.Version != Version)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"{stored.Stream} is stored as version {stored.Version}; its entries make {Version}.");
        }

        if (stored.First != First || stored.Last != Last)
            return $"{stored.Stream} is stored with another place or instant than its entries have.";
        return IsState(stored.State) ? null : $"{stored.Stream} is stored in another state than its entries make.";
    }

    /// <summary>The object as the journal would keep it, had the last entry added been its newest.</summary>
    public StoredObject ToStored() => new(Stream, Version, First, Last, Serialize());

    /// <summary>The state as UTF-8 JSON.</summary>
    protected abstract byte[] Serialize();

    /// <summary>Takes over a state.</summary>
    protected abstract void Deserialize(byte[] state);

    /// <summary>Applies the change of an entry.</summary>
    protected abstract void Change(byte[] change);

    /// <summary>Whether a stored state is the one that was arrived at.</summary>
    protected abstract bool IsState(byte[] stored);
}

/// <summary>How the entries of a kind of object add up.</summary>
internal sealed record Folding<TState, TEvent>(
    JsonTypeInfo<TState> State, JsonTypeInfo<TEvent> Event, Func<TState?, TEvent, TState> After)
    where TState : class;

/// <summary>An object of one kind as its entries leave it.</summary>
internal sealed class FoldedObject<TState, TEvent>(Folding<TState, TEvent> folding) : FoldedObject
    where TState : class
{
    /// <summary>The state; null before the first entry that could be applied.</summary>
    public TState? State { get; private set; }

    /// <inheritdoc/>
    protected override byte[] Serialize() => JsonSerializer.SerializeToUtf8Bytes(
        State ?? throw new InvalidOperationException("Nothing was registered."), folding.State);

    /// <inheritdoc/>
    protected override void Deserialize(byte[] state) => State = JsonSerializer.Deserialize(state, folding.State);

    /// <inheritdoc/>
    protected override void Change(byte[] change) =>
        State = folding.After(State, JsonSerializer.Deserialize(change, folding.Event) ?? throw new JsonException("No event."));

    /// <inheritdoc/>
    protected override bool IsState(byte[] stored)
    {
        if (State is null)
            return false;
        var arrived = JsonSerializer.SerializeToUtf8Bytes(State, folding.State);
        return stored.AsSpan().SequenceEqual(arrived) || Rewritten(stored) is { } today && today.AsSpan().SequenceEqual(arrived);
    }

    // A state that an older release wrote may spell the same differently.
    private byte[]? Rewritten(byte[] stored)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(stored, folding.State)!, folding.State);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
