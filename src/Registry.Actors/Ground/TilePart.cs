using System.Runtime.CompilerServices;
using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.VectorTile;

namespace Registry.Actors.Ground;

/// <summary>Encodes what one sheet shows on one map tile.</summary>
/// <remarks>
/// <para>
/// Of each collection, features are drawn one by one, the largest first, until the sheet's share of the layer's bytes is used up. The
/// rest, and what is smaller than a pixel, is counted (<see cref="TileAggregate"/>). The share depends on the tile and the country
/// alone, so that a sheet's part depends on nothing that another sheet holds.
/// </para>
/// <para>Cells are drawn from <see cref="LeastCellZoom"/> on, all of those in the jurisdiction, with their codes from
/// <see cref="LeastCodeZoom"/> on.</para>
/// <para>
/// To draw a whole sheet takes far longer than any question or write: after every few objects the turn is given to whoever waits. Nothing
/// here depends on what a sheet has by then.
/// </para>
/// </remarks>
internal sealed class TilePart
{
    /// <summary>The zoom from which cells are drawn.</summary>
    public const int LeastCellZoom = 9;

    /// <summary>The zoom from which cells have their codes: below it a code has no room on the map.</summary>
    public const int LeastCodeZoom = 12;

    // A graticule finer than one minute reaches it, and begins to draw its cells a zoom or two later. At zoom 9, on the equator,
    // a tile with its buffer shows 45 x 45 cells of a minute.
    private const int MostCells = 2_500;

    // Together with 2,500 cells at 45 bytes, and counts at 25 bytes for each of 256 squares and a few statuses, below 500 kB.
    private const int MostLicenseBlockBytes = 200_000;
    private const int MostDepositBytes = 80_000;
    private const int MostAreaBytes = 50_000;

    // A pixel of a tile drawn at 256 pixels is 16 units wide.
    private const double LeastUnitsSquared = 16 * 16;

    // Some tenths of a millisecond.
    private const int WorkInARow = 2_048;
    private const int WorkOfObject = 64;

    private static readonly string[] LicenseBlockKeys = ["id", "number", "kind", "status", "country", "commodities", "cells", "count"];
    private static readonly string[] DepositKeys = ["id", "name", "status", "commodities", "count", "critical"];
    private static readonly string[] AreaKeys = ["id", "name", "effect", "count"];
    private static readonly string[] CellKeys = ["status", "licenseBlock", "code"];

    private readonly Regime _regime;
    private readonly TileQuery _query;
    private readonly TileFrame _frame;
    private readonly CellShapes _cellShapes;
    private readonly FreeShapes _freeShapes;
    private readonly TileGeometry _geometry = new();
    private readonly TileLayerWriter _licenseBlocks = new("license-blocks", LicenseBlockKeys);
    private readonly TileLayerWriter _deposits = new("deposits", DepositKeys);
    private readonly TileLayerWriter _areas = new("areas", AreaKeys);
    private readonly TileLayerWriter _cells = new("cells", CellKeys);
    private int _work;

    public TilePart(Regime regime, TileQuery query)
    {
        (_regime, _query) = (regime, query);
        _frame = new TileFrame(query.Tile);
        _cellShapes = new CellShapes(_frame, regime.Graticule);
        _freeShapes = new FreeShapes(_frame);
        Box = query.Tile.Ground();
    }

    /// <summary>The ground that the tile and its buffer show.</summary>
    public BoundingBox Box { get; }

    /// <summary>The cells of a sheet that the tile shows one by one.</summary>
    public IEnumerable<Cell> CellsOn(SheetId sheet) =>
        _query.Tile.Zoom < LeastCellZoom || _cellShapes.CellsInTile > MostCells ? [] : _cellShapes.CellsOn(sheet);

    /// <summary>Lets others in between when enough was done since they last could.</summary>
    /// <param name="work">What was done since it was called last.</param>
    public ValueTask Rest(int work = 1)
    {
        if ((_work += work) < WorkInARow)
            return ValueTask.CompletedTask;
        _work = 0;
        return Yield();

        static async ValueTask Yield() => await Task.Yield();
    }

    /// <summary>Draws the features of a collection that lie there, and that are this sheet's to give.</summary>
    public async Task Draw(Collection collection, List<SheetObject> found)
    {
        var (layer, bytes) = collection switch
        {
            Collection.LicenseBlocks => (_licenseBlocks, MostLicenseBlockBytes),
            Collection.Deposits => (_deposits, MostDepositBytes),
            _ => (_areas, MostAreaBytes),
        };
        var most = (int)(bytes * _query.Share);
        var rest = new TileAggregate();
        foreach (var (size, candidate) in found.Select(candidate => (Size: SizeOf(candidate), candidate)).OrderByDescending(ranked => ranked.Size))
        {
            _geometry.Clear();
            if (size >= LeastUnitsSquared)
                Draw(candidate);
            if (_geometry.IsEmpty || !layer.HasRoom(_geometry, most))
                Count(candidate, rest);
            else
                Add(layer, candidate);
            await Rest(WorkOfObject);
        }

        // The place of the status, the count and the cells among the layer's keys.
        var (status, count, cells) = collection switch
        {
            Collection.LicenseBlocks => (3, 7, 6),
            Collection.Deposits => (2, 4, -1),
            _ => (2, 3, -1),
        };
        rest.WriteTo(layer, _geometry, status, count, cells);
    }

    /// <summary>Draws cells with what they are.</summary>
    public async Task Draw(IReadOnlyList<TileCell> cells)
    {
        foreach (var (cell, status, claimant) in cells)
        {
            _geometry.Clear();
            _cellShapes.Draw(cell, _geometry);
            _cells.Tag(0, Names<CellStatus>.Of(status));
            _cells.Tag(1, claimant);
            if (_query.Tile.Zoom >= LeastCodeZoom)
                _cells.Tag(2, _regime.Scheme.Format(cell));
            // 0 would be no number at all.
            _cells.Add(cell.Key + 1UL, _geometry);
            await Rest();
        }
    }

    /// <summary>The tile.</summary>
    public byte[] ToBytes() => TileBytes.Of(_licenseBlocks, _deposits, _areas, _cells);

    /// <summary>The size of the rectangle around an object, in square units; a point is never too small.</summary>
    private double SizeOf(SheetObject candidate) => candidate.Geometry is Point
        ? LeastUnitsSquared
        : (_frame.X(candidate.Box.East) - _frame.X(candidate.Box.West)) * (_frame.Y(candidate.Box.South) - _frame.Y(candidate.Box.North));

    private void Draw(SheetObject candidate)
    {
        if (candidate.Geometry is { } geometry)
            _freeShapes.Draw(geometry, _geometry);
        else
            _cellShapes.Draw(candidate.LicenseBlock!.Cells, _geometry);
    }

    private void Add(TileLayerWriter layer, SheetObject candidate)
    {
        layer.Tag(0, candidate.Stream.Id);
        if (candidate.LicenseBlock is { } title)
        {
            layer.Tag(1, title.Number);
            layer.Tag(2, Names<LicenseBlockKind>.Of(title.Kind));
            layer.Tag(4, title.Holder.Country);
            layer.Tag(5, string.Join(", ", title.Commodities));
            layer.Tag(6, title.Cells.Count);
        }
        else if (candidate.Deposit is { } deposit)
        {
            layer.Tag(1, deposit.Name);
            layer.Tag(3, string.Join(", ", deposit.Commodities));
            layer.Tag(5, candidate.Critical is { Count: > 0 } lists ? string.Join(", ", lists) : null);
        }
        else
        {
            layer.Tag(1, candidate.Area!.Name);
        }

        layer.Tag(candidate.LicenseBlock is null ? 2 : 3, StatusOf(candidate));
        layer.Add((ulong)candidate.Order, _geometry);
    }

    private void Count(SheetObject candidate, TileAggregate rest)
    {
        var (longitude, latitude) = PlaceOf(candidate);
        rest.Add(_frame.X(longitude), _frame.Y(latitude), StatusOf(candidate), candidate.LicenseBlock?.Cells.Count ?? 0);
    }

    /// <summary>A place of an object that is on it, and so on a sheet that keeps it: its point, one inside, or the middle one of its cells.</summary>
    private (double Longitude, double Latitude) PlaceOf(SheetObject candidate)
    {
        if (candidate.Geometry is { } geometry)
        {
            var inside = geometry as Point ?? geometry.InteriorPoint;
            return (inside.X, inside.Y);
        }

        var cells = candidate.LicenseBlock!.Cells;
        var box = BoundingBox.Of(_regime.Graticule, cells[cells.Count / 2]);
        return ((box.West + box.East) / 2, (box.South + box.North) / 2);
    }

    private static string StatusOf(SheetObject candidate) => candidate switch
    {
        { LicenseBlock: { } title } => Names<LicenseBlockStatus>.Of(title.Status),
        { Deposit: { } deposit } => Names<DepositStatus>.Of(deposit.Status),
        _ => Names<RestrictionEffect>.Of(candidate.Area!.Effect),
    };

    /// <summary>The words of an enumeration whose values count from 0, as the HTTP contract writes them.</summary>
    private static class Names<T>
        where T : struct, Enum
    {
        private static readonly string[] Words = [.. Enum.GetValues<T>().Select(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()))];

        public static string Of(T value) => Words[Unsafe.As<T, int>(ref value)];
    }
}
