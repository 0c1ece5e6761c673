using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Core.Ground;
using Registry.Simulation.Faults;
using Registry.Simulation.Running;

namespace Registry.Simulation.Hosting;

/// <summary>The actors as callers reach them: a settlement, which may be repeated, is now and then sent a second time.</summary>
internal sealed class SimulatedActors(Simulator simulator, FaultPlan faults) : IActors
{
    private References? _references;

    /// <inheritdoc/>
    public ILicenseBlock LicenseBlock(string id) => _references!.LicenseBlock(id);

    /// <inheritdoc/>
    public IDeposit Deposit(string id) => _references!.Deposit(id);

    /// <inheritdoc/>
    public IArea Area(string id) => _references!.Area(id);

    /// <inheritdoc/>
    public IParty Party(string id) => _references!.Party(id);

    /// <inheritdoc/>
    public ISheet Sheet(SheetId sheet) => new RepeatingSheet(_references!.Sheet(sheet), simulator, faults);

    /// <inheritdoc/>
    public IImport Import(string id) => _references!.Import(id);

    /// <summary>Says who carries the messages; actors and dispatcher know each other.</summary>
    public void CarryBy(IDispatcher dispatcher) => _references = new References(dispatcher);

    private sealed class RepeatingSheet(ISheet sheet, Simulator simulator, FaultPlan faults) : ISheet
    {
        public Task Settle(Settlement settlement)
        {
            if (faults.Strikes(Fault.RepeatedSettle))
            {
                var later = simulator.Choices.Between(TimeSpan.Zero, TimeSpan.FromSeconds(simulator.Choices.Below(2) == 0 ? 20 : 0.05));
                // Nobody waits for the second answer, whatever it is.
                simulator.After(later, "FAULT a settlement is sent again", () => _ = sheet.Settle(settlement));
            }

            return sheet.Settle(settlement);
        }

        public Task<HoldAnswer> Hold(HoldRequest request) => sheet.Hold(request);

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
    }
}
