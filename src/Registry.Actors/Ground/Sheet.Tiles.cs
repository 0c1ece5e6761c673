using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;

namespace Registry.Actors.Ground;

/// <content>What a sheet gives to the map.</content>
public sealed partial class Sheet
{
    // The collections that tiles show, in the order of layers.
    private static readonly Collection[] s_onTiles = [Collection.LicenseBlocks, Collection.Deposits, Collection.Areas];

    private (SheetVersion Version, Task<SheetVersion> Answer)? _version;

    /// <inheritdoc/>
    public Task<SheetVersion> Version()
    {
        ThrowIfRetired();
        // Asked for with every tile that a cache holds: the same answer is the same task.
        var version = VersionOf(_content, Today);
        if (_version is not { } known || known.Version != version)
            _version = known = (version, Task.FromResult(version));
        return known.Answer;
    }

    /// <inheritdoc/>
    public Task<SheetTile> Tile(TileQuery query)
    {
        ThrowIfRetired();
        var part = new TilePart(_regime, query);
        return query.AsAt is { } asAt ? DrawPast(part, asAt) : Draw(part, View(part, _content, Today));
    }

    private async Task<SheetTile> DrawPast(TilePart part, GroundAsAt asAt) =>
        await Draw(part, View(part, (await PastAt(asAt.Cut)).Content, asAt.Day));

    private TileView View(TilePart part, SheetContent content, DateOnly day)
    {
        var cells = new List<TileCell>();
        foreach (var cell in part.CellsOn(_id))
        {
            var (status, claimant) = content.StatusOf(_regime.Graticule.IndexInSheet(cell), day);
            if (status != CellStatus.Outside)
                cells.Add(new TileCell(cell, status, claimant?.Stream.Id));
        }

        var found = Array.ConvertAll(s_onTiles, collection => Candidates(content.Of(collection), part.Box).ToArray());
        return new TileView(VersionOf(content, day), found[0], found[1], found[2], cells);
    }

    // From the first wait on, others have had their turns: nothing of the sheet is looked at but the view.
    private async Task<SheetTile> Draw(TilePart part, TileView view)
    {
        foreach (var collection in s_onTiles)
        {
            var given = new List<SheetObject>();
            foreach (var candidate in view.Of(collection))
            {
                if (IsGiven(candidate, part.Box))
                    given.Add(candidate);
                await part.Rest();
            }

            await part.Draw(collection, given);
        }

        await part.Draw(view.Cells);
        return new SheetTile(view.Version, part.ToBytes());
    }

    private SheetVersion VersionOf(SheetContent content, DateOnly day) =>
        new(_loaded, content.Changes, content.DependsOnDay ? day.DayNumber : 0);
}
