using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Simulation.Hosting;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>
/// What a run left behind, read from the journal with none of the code that the sheets read it with: the checks compare the rest
/// with this.
/// </summary>
internal sealed class Past
{
    private readonly Dictionary<StreamId, List<Entry>> _histories = [];
    private readonly Dictionary<long, long> _steps;

    private Past(IJournal storage, SimulatedJournal journal, IReadOnlyList<Operation> operations, DateTimeOffset now)
    {
        (Operations, Commits, Now) = (operations, journal.Commits, now);
        Entries = [.. storage.Read(0).ToBlockingEnumerable()];
        Claims = storage.Claims().ToBlockingEnumerable().ToDictionary();
        Objects = [.. Enum.GetValues<Collection>().SelectMany(collection => storage.LoadAll(collection).ToBlockingEnumerable())];
        Deadlines = [.. storage.DueAt(DateTimeOffset.MaxValue, int.MaxValue).Result];
        foreach (var entry in Entries)
        {
            if (!_histories.TryGetValue(entry.Stream, out var history))
                _histories.Add(entry.Stream, history = []);
            history.Add(entry);
        }

        LicenseBlocks = [.. Decode(Collection.LicenseBlocks, CoreJson.Default.LicenseBlockState).OrderBy(title => title.First.Sequence)];
        Deposits = [.. Decode(Collection.Deposits, CoreJson.Default.DepositState).OrderBy(deposit => deposit.First.Sequence)];
        Areas = [.. Decode(Collection.Areas, CoreJson.Default.AreaState).OrderBy(area => area.First.Sequence)];
        _steps = Commits.ToDictionary(commit => commit.Sequence, commit => commit.Step);
    }

    /// <summary>Every entry, in order.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The claims as the journal keeps them.</summary>
    public IReadOnlyDictionary<Cell, StreamId> Claims { get; }

    /// <summary>Every object as the journal keeps it.</summary>
    public IReadOnlyList<StoredObject> Objects { get; }

    /// <summary>The deadlines that are set.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; }

    /// <summary>Every license block, in the order of filing.</summary>
    public IReadOnlyList<Registered<LicenseBlockState>> LicenseBlocks { get; }

    /// <summary>Every deposit, in the order of registration.</summary>
    public IReadOnlyList<Registered<DepositState>> Deposits { get; }

    /// <summary>Every restriction area, in the order of registration.</summary>
    public IReadOnlyList<Registered<AreaState>> Areas { get; }

    /// <summary>What clients asked for.</summary>
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>What committed, with what it relied on.</summary>
    public IReadOnlyList<WitnessedCommit> Commits { get; }

    /// <summary>The end of the run.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>A digest of the whole journal: the hash of its last entry.</summary>
    public ulong Digest => Entries.Count == 0 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(Entries[^1].Hash);

    /// <summary>Reads what a run left behind.</summary>
    public static Past Of(IJournal storage, SimulatedJournal journal, IReadOnlyList<Operation> operations, DateTimeOffset now) =>
        new(storage, journal, operations, now);

    /// <summary>The entries of one object, oldest first.</summary>
    public IReadOnlyList<Entry> History(StreamId stream) => _histories.TryGetValue(stream, out var history) ? history : [];

    /// <summary>The step in which an entry committed.</summary>
    public long StepOf(Entry entry) => _steps[entry.Stamp.Sequence];

    /// <summary>The license blocks that stand over a cell, first filed first.</summary>
    public IEnumerable<Registered<LicenseBlockState>> StandingOver(Cell cell) =>
        LicenseBlocks.Where(title => title.State.Status.IsStanding() && title.State.Cells.Contains(cell));

    /// <summary>The state of an object after some of its entries, as JSON; null before the first.</summary>
    public string? StateAt(StreamId stream, long version) => stream.Collection switch
    {
        Collection.LicenseBlocks => Fold(stream, version, CoreJson.Default.LicenseBlockEvent, LicenseBlockState.After, CoreJson.Default.LicenseBlockState),
        Collection.Deposits => Fold(stream, version, CoreJson.Default.DepositEvent, DepositState.After, CoreJson.Default.DepositState),
        Collection.Areas => Fold(stream, version, CoreJson.Default.AreaEvent, static (_, change) => ((AreaRegistered)change).Area, CoreJson.Default.AreaState),
        _ => null,
    };

    private string? Fold<TState, TEvent>(
        StreamId stream, long version, JsonTypeInfo<TEvent> eventJson, Func<TState?, TEvent, TState> after,
        JsonTypeInfo<TState> stateJson)
        where TState : class
    {
        TState? state = null;
        foreach (var entry in History(stream).TakeWhile(entry => entry.Version <= version))
            state = after(state, JsonSerializer.Deserialize(entry.Event, eventJson)!);
        return state is null ? null : JsonSerializer.Serialize(state, stateJson);
    }

    private IEnumerable<Registered<TState>> Decode<TState>(
        Collection collection, JsonTypeInfo<TState> json)
        where TState : class => Objects.Where(stored => stored.Stream.Collection == collection).Select(stored =>
            new Registered<TState>(JsonSerializer.Deserialize(stored.State, json)!, stored.Version, stored.First, stored.Last));
}
