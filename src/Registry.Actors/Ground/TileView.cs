using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>
/// What a sheet has where a tile is, taken in one turn: of objects that never change, so that it can be drawn while the sheet goes on.
/// </summary>
/// <param name="Version">The version of the sheet.</param>
/// <param name="LicenseBlocks">The license blocks whose rectangle meets the tile, in the order of registration.</param>
/// <param name="Deposits">The deposits.</param>
/// <param name="Areas">The restriction areas.</param>
/// <param name="Cells">The cells to be drawn.</param>
internal sealed record TileView(
    SheetVersion Version,
    IReadOnlyList<SheetObject> LicenseBlocks,
    IReadOnlyList<SheetObject> Deposits,
    IReadOnlyList<SheetObject> Areas,
    IReadOnlyList<TileCell> Cells)
{
    /// <summary>The objects of a collection.</summary>
    public IReadOnlyList<SheetObject> Of(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => LicenseBlocks,
        Collection.Deposits => Deposits,
        Collection.Areas => Areas,
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Is not on tiles."),
    };
}

/// <summary>A cell of a tile.</summary>
/// <param name="Cell">Which.</param>
/// <param name="Status">What it is.</param>
/// <param name="LicenseBlock">Who claims it; null for nobody.</param>
internal readonly record struct TileCell(Cell Cell, CellStatus Status, string? LicenseBlock);
