using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Simulation.Running;

namespace Registry.Simulation.Hosting;

/// <summary>A hold that arrived at a sheet, or that a sheet gave.</summary>
/// <param name="Order">Its place among everything that was witnessed.</param>
/// <param name="Step">The step of the run.</param>
/// <param name="Sheet">The sheet.</param>
/// <param name="Activation">Which activation of it.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Epoch">The epoch in which it was given; 0 for an arrival.</param>
internal sealed record WitnessedHold(long Order, long Step, SheetId Sheet, string Activation, HoldRequest Request, long Epoch);

/// <summary>Stands before every activation of every sheet and writes down what is asked of it and what it gives.</summary>
internal sealed class SheetWitness(Simulator simulator)
{
    private readonly List<WitnessedHold> _arrived = [];
    private readonly List<WitnessedHold> _given = [];
    private readonly List<(SheetId Sheet, string Activation, long From, long To)> _doubles = [];
    private long _order;

    /// <summary>The holds in the order of arrival.</summary>
    public IReadOnlyList<WitnessedHold> Arrived => _arrived;

    /// <summary>The holds in the order in which they were given.</summary>
    public IReadOnlyList<WitnessedHold> Given => _given;

    /// <summary>Puts the witness before a sheet.</summary>
    public ISheet Watch(SheetId sheet, string activation, ISheet actor) => new Watched(this, sheet, activation, actor);

    /// <summary>A second activation began while this one lives.</summary>
    public void Doubled(SheetId sheet, string activation) => _doubles.Add((sheet, activation, simulator.Steps, long.MaxValue));

    /// <summary>An activation ended.</summary>
    public void Ended(SheetId sheet, string activation)
    {
        var place = _doubles.FindIndex(two => two.Activation == activation);
        if (place < 0)
            return;
        // What the one that ended was told about a hold of the other, the other finds out by its watch over holds.
        simulator.After(2 * Sheet.HoldLimit, "a sheet is single again", () =>
            _doubles[place] = _doubles[place] with { To = simulator.Steps });
    }

    /// <summary>Whether a sheet had two activations at some time between two steps, or bore the marks of it.</summary>
    public bool WasDouble(SheetId sheet, long from, long to) =>
        _doubles.Exists(two => two.Sheet == sheet && two.From <= to && from <= two.To);

    private sealed class Watched(SheetWitness witness, SheetId id, string activation, ISheet sheet) : ISheet
    {
        public async Task<HoldAnswer> Hold(HoldRequest request)
        {
            witness._arrived.Add(new WitnessedHold(++witness._order, witness.Step, id, activation, request, 0));
            Note(() => $"is asked to hold {Cells(request)} for {request.Id} ({request.Mode}, passed {request.PassedEpoch})");
            var answer = await sheet.Hold(request);
            if (answer.IsHeld)
                witness._given.Add(new WitnessedHold(++witness._order, witness.Step, id, activation, request, answer.Epoch));
            Note(() => $"answers {request.Id}: {(answer.IsHeld ? "held" : "not held")} in epoch {answer.Epoch}, others [{string.Join(' ', answer.Others.Select(o => $"{o.LicenseBlock}@{o.Cell}"))}], next [{string.Join(' ', answer.Next.Select(n => $"{n.LicenseBlock}@{n.Cell}"))}]");
            return answer;
        }

        public Task Settle(Settlement settlement)
        {
            Note(() => $"settles {settlement.HoldId}: {(settlement.IsKnown ? settlement.Object is { } written ? $"version {written.Version}" : "nothing written" : "ask the journal")}");
            return sheet.Settle(settlement);
        }

        public Task<CellView> Look(Cell cell) => sheet.Look(cell);

        public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => sheet.LookAll(cells);

        public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => sheet.LookAsAt(cell, asAt);

        public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) => sheet.FreeAsAt(box, after, limit, asAt);

        public Task<SheetPage> Query(SheetQuery query) => sheet.Query(query);

        public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) => sheet.Free(box, after, limit);

        public Task<SheetTile> Tile(TileQuery query) => sheet.Tile(query);

        public Task<SheetVersion> Version() => sheet.Version();

        public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => sheet.OpenGround(query);

        public Task<SheetFigures> Figures() => sheet.Figures();

        public Task<SheetStatistics> Statistics(long? asAt) => sheet.Statistics(asAt);

        private void Note(Func<string> what) => witness.Note(() => $"{activation} {what()}");

        private static string Cells(HoldRequest request) => string.Join(' ', request.Cells);
    }

    private long Step => simulator.Steps;

    private void Note(Func<string> what) => simulator.Trace.Note(what);
}
