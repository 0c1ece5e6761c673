using Registry.Formats.VectorTile;

namespace Registry.Actors.Contracts;

/// <summary>Asks a sheet for its part of a map tile.</summary>
/// <param name="Tile">Which tile.</param>
/// <param name="Share">How much of the tile's budget of bytes is this sheet's: above 0, at most 1; the shares of its sheets add up to 1.</param>
public sealed record TileQuery(TileAddress Tile, double Share)
{
    /// <summary>When the tile is to show the ground; null for now.</summary>
    public GroundAsAt? AsAt { get; init; }
}

/// <summary>
/// What a sheet's part of every tile of now, or of one past entry, depends on. Two equal versions of one sheet mean equal bytes, whoever
/// asks and whichever activation answers; a change of anything on the sheet makes another version.
/// </summary>
/// <param name="Epoch">The epoch in which the activation that answers was loaded; no other activation ever has it.</param>
/// <param name="Changes">How many objects, or new versions of one, that activation has entered.</param>
/// <param name="Day">The day in the law's calendar, where an area of the sheet has a first or last date in force; else 0.</param>
public readonly record struct SheetVersion(long Epoch, long Changes, int Day);

/// <summary>A sheet's part of a map tile.</summary>
/// <param name="Version">The version of the sheet that it shows.</param>
/// <param name="Bytes">A vector tile (MVT 2.1); empty where the sheet has nothing to show there.</param>
public sealed record SheetTile(SheetVersion Version, byte[] Bytes);
