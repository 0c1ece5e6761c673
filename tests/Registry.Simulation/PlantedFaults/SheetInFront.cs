using Registry.Actors.Contracts;
using Registry.Core.Ground;

namespace Registry.Simulation.PlantedFaults;

/// <summary>Stands before a sheet and passes everything on; what derives from it does one thing wrong.</summary>
internal abstract class SheetInFront(ISheet sheet) : ISheet
{
    /// <inheritdoc/>
    public virtual Task<HoldAnswer> Hold(HoldRequest request) => sheet.Hold(request);

    /// <inheritdoc/>
    public virtual Task Settle(Settlement settlement) => sheet.Settle(settlement);

    /// <inheritdoc/>
    public Task<CellView> Look(Cell cell) => sheet.Look(cell);

    /// <inheritdoc/>
    public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => sheet.LookAll(cells);

    /// <inheritdoc/>
    public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => sheet.LookAsAt(cell, asAt);

    /// <inheritdoc/>
    public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) => sheet.FreeAsAt(box, after, limit, asAt);

    /// <inheritdoc/>
    public Task<SheetPage> Query(SheetQuery query) => sheet.Query(query);

    /// <inheritdoc/>
    public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) => sheet.Free(box, after, limit);

    /// <inheritdoc/>
    public Task<SheetTile> Tile(TileQuery query) => sheet.Tile(query);

    /// <inheritdoc/>
    public Task<SheetVersion> Version() => sheet.Version();

    /// <inheritdoc/>
    public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => sheet.OpenGround(query);

    /// <inheritdoc/>
    public Task<SheetFigures> Figures() => sheet.Figures();

    /// <inheritdoc/>
    public Task<SheetStatistics> Statistics(long? asAt) => sheet.Statistics(asAt);
}
