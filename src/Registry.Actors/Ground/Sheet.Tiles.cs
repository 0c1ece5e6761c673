namespace Registry.Actors.Ground;

/// <content>What a sheet gives to the map.</content>
public sealed partial class Sheet
{
    private (SheetVersion Version, Task<SheetVersion> Answer)? _version;

    /// <inheritdoc/>
    public Task<SheetVersion> Version()
    {
        ThrowIfRetired();
        // Asked for with every tile that a cache holds: the same answer is the same task.
        var version = VersionNow();
        if (_version is not { } known || known.Version != version)
            _version = known = (version, Task.FromResult(version));
        return known.Answer;
    }

    /// <inheritdoc/>
    public Task<SheetTile> Tile(TileQuery query)
    {
        ThrowIfRetired();
        var tile = new TilePart(_regime, _content, query, Today);
        var box = tile.Box;
        foreach (var collection in TilePart.Collections)
            tile.Draw(collection, Candidates(_content.Of(collection), box).FindAll(found => IsGivenHere(found, box) && found.Touches(box)));
        tile.DrawCells(_id);
        return Task.FromResult(new SheetTile(VersionNow(), tile.ToBytes()));
    }

    private SheetVersion VersionNow() => new(_loaded, _content.Changes, _content.DependsOnDay ? Today.DayNumber : 0);
}
