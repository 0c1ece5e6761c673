using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Core.Ground;

namespace Registry.Actors.Hosting;

/// <summary>
/// A sheet with turns of its own, so that it may be called from any thread. What it answers from memory it answers on the caller's
/// thread when it is idle: such a question then costs no message.
/// </summary>
public class SheetActivation : ISheet
{
    private readonly Mailbox _mailbox = new(interleaves: true);
    private readonly Sheet _sheet;
    private readonly Lazy<Task> _activated;

    /// <param name="sheet">The actor, not activated yet. It is this object's own from now on.</param>
    public SheetActivation(Sheet sheet)
    {
        _sheet = sheet;
        _sheet.Retired += OnRetired;
        _activated = new Lazy<Task>(() => _mailbox.Post(async () =>
        {
            await _sheet.Activate();
            return true;
        }));
    }

    /// <inheritdoc cref="Sheet.IsRetired"/>
    public bool IsRetired => _sheet.IsRetired;

    /// <summary>Loads the sheet in a new epoch, once; to be waited for before it is called.</summary>
    public Task Activate() => _activated.Value;

    /// <inheritdoc cref="Sheet.RetireIfFollowed"/>
    public Task RetireIfFollowed() => _mailbox.Post(async () =>
    {
        await _sheet.RetireIfFollowed();
        return true;
    });

    /// <inheritdoc/>
    public Task<HoldAnswer> Hold(HoldRequest request) => _mailbox.Post(() => _sheet.Hold(request));

    /// <inheritdoc/>
    public Task Settle(Settlement settlement) => _mailbox.Post(async () =>
    {
        await _sheet.Settle(settlement);
        return true;
    });

    /// <inheritdoc/>
    public Task<CellView> Look(Cell cell) => _mailbox.Ask(_sheet, cell, static (sheet, cell) => sheet.Look(cell));

    /// <inheritdoc/>
    public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => _mailbox.Ask(_sheet, cells, static (sheet, cells) => sheet.LookAll(cells));

    /// <inheritdoc/>
    public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => _mailbox.Post(() => _sheet.LookAsAt(cell, asAt));

    /// <inheritdoc/>
    // The past is read from the journal, which is waited for.
    public Task<SheetPage> Query(SheetQuery query) => query.AsAt is null
        ? _mailbox.Ask(_sheet, query, static (sheet, query) => sheet.Query(query))
        : _mailbox.Post(() => _sheet.Query(query));

    /// <inheritdoc/>
    public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) =>
        _mailbox.Ask(_sheet, (box, after, limit), static (sheet, asked) => sheet.Free(asked.box, asked.after, asked.limit));

    /// <inheritdoc/>
    public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) =>
        _mailbox.Post(() => _sheet.FreeAsAt(box, after, limit, asAt));

    /// <inheritdoc/>
    // It is drawn in turns, and must have them.
    public Task<SheetTile> Tile(TileQuery query) => _mailbox.Post(() => _sheet.Tile(query));

    /// <inheritdoc/>
    public Task<SheetVersion> Version() => _mailbox.Ask(_sheet, 0, static (sheet, _) => sheet.Version());

    /// <inheritdoc/>
    public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => query.AsAt is null
        ? _mailbox.Ask(_sheet, query, static (sheet, query) => sheet.OpenGround(query))
        : _mailbox.Post(() => _sheet.OpenGround(query));

    /// <inheritdoc/>
    public Task<SheetFigures> Figures() => _mailbox.Ask(_sheet, 0, static (sheet, _) => sheet.Figures());

    /// <inheritdoc/>
    public Task<SheetStatistics> Statistics(long? asAt) => asAt is null
        ? _mailbox.Ask(_sheet, 0, static (sheet, _) => sheet.Statistics(null))
        : _mailbox.Post(() => _sheet.Statistics(asAt));

    /// <summary>Stops the watch over holds. What the sheet knows can still be asked by who came before.</summary>
    public Task Close() => _mailbox.Post(() =>
    {
        _sheet.Dispose();
        return Task.FromResult(true);
    });

    /// <summary>Called once when the sheet retires.</summary>
    protected virtual void OnRetired()
    {
    }
}
