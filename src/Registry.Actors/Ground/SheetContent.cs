using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Ground;

/// <summary>
/// What a sheet knows: its objects, the claims on its cells, the ground that is restricted. Plain data: nothing here waits, and
/// everything here can be made anew from the journal.
/// </summary>
internal sealed partial class SheetContent
{
    private readonly Regime _regime;
    private readonly SheetId _sheet;
    private readonly ClaimMap _claims;
    private readonly ObjectIndex _licenseBlocks;
    private readonly ObjectIndex _deposits;
    private readonly ObjectIndex _areas;
    private readonly List<SheetObject> _restricting = [];
    private readonly Dictionary<Cell, List<string>> _depositsByCell = [];

    private readonly ILogger _log;

    // Null after a fault in counting.
    private Tallies? _tallies;

    public SheetContent(Regime regime, SheetId sheet, ILogger log)
    {
        (_regime, _sheet, _log) = (regime, sheet, log);
        _claims = new ClaimMap(regime.Graticule, sheet);
        (_licenseBlocks, _deposits, _areas) = (new(regime.Graticule, sheet), new(regime.Graticule, sheet), new(regime.Graticule, sheet));
        _tallies = new Tallies(regime, sheet);
    }

    /// <summary>How many cells are claimed.</summary>
    public int ClaimedCells => _claims.ClaimedCells;

    /// <summary>How many objects, and new versions of one, were entered.</summary>
    public long Changes { get; private set; }

    /// <summary>The sequence of the newest entry that was entered.</summary>
    public long Newest { get; private set; }

    /// <summary>As <see cref="SheetLayout.Moved"/>, of what was entered.</summary>
    public long Moved { get; private set; }

    /// <summary>Whether an area restricts cells from a date or until a date, so that a cell can change without a write.</summary>
    public bool DependsOnDay { get; private set; }

    /// <summary>How many objects lie on the sheet.</summary>
    public int Objects { get; private set; }

    /// <summary>The objects, counted by what they are: by counters that each change has changed, or anew after a fault in one of them.</summary>
    public SheetStatistics Statistics => new(ClaimedCells, Objects, (_tallies ??= CountAnew()).All);

    /// <summary>The objects of a collection.</summary>
    public ObjectIndex Of(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => _licenseBlocks,
        Collection.Deposits => _deposits,
        Collection.Areas => _areas,
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Does not lie on sheets."),
    };

    /// <summary>Every object, collection by collection.</summary>
    public IEnumerable<SheetObject> All => _licenseBlocks.InOrder(0).Concat(_deposits.InOrder(0)).Concat(_areas.InOrder(0));

    /// <summary>Whether an object lies, or lay, on the sheet.</summary>
    public bool Knows(StreamId stream) => Of(stream.Collection).Find(stream.Id) is not null;

    /// <summary>Takes it that objects may have left, of which nothing was entered, up to an entry.</summary>
    public void MovedBy(long sequence) => (Newest, Moved) = (Math.Max(Newest, sequence), Math.Max(Moved, sequence));

    /// <summary>Enters an object if it lies on the sheet.</summary>
    public void ApplyIfHere(StoredObject stored)
    {
        var known = SheetObject.Of(_regime, stored);
        if (IsHere(known))
            Enter(known);
    }

    /// <summary>Enters an object as the journal has it; an older version than the one known changes nothing.</summary>
    public void Apply(StoredObject stored)
    {
        if (Of(stored.Stream.Collection).Find(stored.Stream.Id) is not { } before || before.Version < stored.Version)
            Enter(SheetObject.Of(_regime, stored));
    }

    private void Enter(SheetObject after)
    {
        var index = Of(after.Stream.Collection);
        var before = index.Find(after.Stream.Id);
        index.Put(after);
        Changes++;
        Newest = Math.Max(Newest, after.Last.Sequence);
        if (before is null ? after.Version > 1 : !before.Sheets.SequenceEqual(after.Sheets))
            Moved = Math.Max(Moved, after.Last.Sequence);
        switch (after.Stream.Collection)
        {
            case Collection.LicenseBlocks:
                if (before is not null)
                    _claims.Remove(before);
                _claims.Add(after);
                NameDepositsAnew(before, after);
                break;
            case Collection.Deposits:
                EnterDeposit(before, after);
                break;
            case Collection.Areas:
                if (before is not null)
                    _restricting.Remove(before);
                _restricting.Add(after);
                DependsOnDay |= after.Area is { ValidFrom: not null } or { ValidTo: not null };
                break;
        }

        Objects += (IsHere(after) ? 1 : 0) - (before is not null && IsHere(before) ? 1 : 0);
        Count(before, after);
    }

    // Who enters an object tells of a write that the journal has: a fault of ours in what is only counted must not be answered to the
    // writer, nor keep the object out. It is logged once, and comes again to whoever asks for the numbers.
    private void Count(SheetObject? before, SheetObject after)
    {
        try
        {
            _tallies?.Change(before, after);
        }
        catch (Exception fault)
        {
            _tallies = null;
            LogUncounted(_log, fault, _sheet, after.Stream);
        }
    }

    private Tallies CountAnew()
    {
        var tallies = new Tallies(_regime, _sheet);
        foreach (var known in All)
            tallies.Change(null, known);
        return tallies;
    }

    private bool IsHere(SheetObject known) => known.Sheets.Contains(_sheet);

    /// <summary>Who claims a cell of this sheet, who stands in line, and what restricts it.</summary>
    public CellView Look(Cell cell, DateOnly today)
    {
        var index = _regime.Graticule.IndexInSheet(cell);
        if (!_regime.Jurisdiction.Contains(_sheet, index))
            return new CellView(cell, CellStatus.Outside, null, null, [], null);
        var area = RestrictionOf(cell, today);
        if (_claims.ClaimantOf(index) is not { } claimant)
            return new CellView(cell, area is null ? CellStatus.Free : CellStatus.Restricted, null, null, [], area);
        var status = claimant.LicenseBlock!.Status;
        var queue = _claims.QueueOf(index);
        return new CellView(
            cell,
            LicenseBlockStatuses.IsInForce(status) ? CellStatus.Granted : CellStatus.Applied,
            claimant.Stream.Id,
            status,
            queue.Count == 0 ? [] : [.. queue.Select(title => title.Stream.Id)],
            area);
    }

    /// <summary>What the cell at a place of this sheet is, and who claims it.</summary>
    public (CellStatus Status, SheetObject? Claimant) StatusOf(int index, DateOnly today)
    {
        if (!_regime.Jurisdiction.Contains(_sheet, index))
            return (CellStatus.Outside, null);
        if (_claims.ClaimantOf(index) is { } claimant)
            return (LicenseBlockStatuses.IsInForce(claimant.LicenseBlock!.Status) ? CellStatus.Granted : CellStatus.Applied, claimant);
        return (IsFree(index, today) ? CellStatus.Free : CellStatus.Restricted, null);
    }

    /// <summary>Whether a cell of this sheet can be applied for.</summary>
    public bool IsFree(int index, DateOnly today) =>
        _claims.ClaimantOf(index) is null
        && _regime.Jurisdiction.Contains(_sheet, index)
        && (_restricting.Count == 0 || RestrictionOf(_regime.Graticule.CellOf(_sheet, index), today) is null);

    /// <summary>Which of these cells another license block claims before the one that asks.</summary>
    public IReadOnlyList<Conflict> Others(StreamId asking, CellSet cells)
    {
        List<Conflict>? others = null;
        foreach (var cell in cells.AsSpan())
        {
            if (_claims.ClaimantOf(_regime.Graticule.IndexInSheet(cell)) is { } claimant && claimant.Stream != asking)
                (others ??= new List<Conflict>(cells.Count)).Add(new Conflict(cell, claimant.Stream.Id, claimant.LicenseBlock!.Status));
        }

        return others ?? (IReadOnlyList<Conflict>)[];
    }

    /// <summary>For those of these cells that the one that asks claims: who stands in line, first filed first.</summary>
    public IReadOnlyList<NextInLine> Next(StreamId asking, CellSet cells)
    {
        List<NextInLine>? next = null;
        foreach (var cell in cells.AsSpan())
        {
            var index = _regime.Graticule.IndexInSheet(cell);
            if (_claims.QueueOf(index) is [_, ..] queue && _claims.ClaimantOf(index)!.Stream == asking)
                (next ??= []).AddRange(queue.Select(title => new NextInLine(cell, title.Stream.Id)));
        }

        return next ?? (IReadOnlyList<NextInLine>)[];
    }

    /// <summary>Which of these cells a restriction area excludes.</summary>
    public IReadOnlyList<RestrictedCell> Restricted(CellSet cells, DateOnly today)
    {
        if (_restricting.Count == 0)
            return [];
        List<RestrictedCell>? restricted = null;
        foreach (var cell in cells.AsSpan())
        {
            if (RestrictionOf(cell, today) is { } area)
                (restricted ??= []).Add(new RestrictedCell(cell, area));
        }

        return restricted ?? (IReadOnlyList<RestrictedCell>)[];
    }

    private string? RestrictionOf(Cell cell, DateOnly today)
    {
        foreach (var area in _restricting)
        {
            if (area.Area!.Excludes(today) && area.Area.Cells.Contains(cell))
                return area.Stream.Id;
        }

        return null;
    }

    private void EnterDeposit(SheetObject? before, SheetObject after)
    {
        if (before is not null)
        {
            foreach (var cell in CellsUnder(before))
                _depositsByCell[cell].Remove(before.Stream.Id);
        }

        foreach (var cell in CellsUnder(after))
        {
            if (!_depositsByCell.TryGetValue(cell, out var ids))
                _depositsByCell.Add(cell, ids = []);
            ids.Add(after.Stream.Id);
        }

        Name(after);
    }

    private void NameDepositsAnew(SheetObject? before, SheetObject after)
    {
        if (_depositsByCell.Count == 0)
            return;
        var cells = after.LicenseBlock!.Cells.AsEnumerable();
        if (before is not null)
            cells = cells.Union(before.LicenseBlock!.Cells);
        foreach (var id in cells.Where(_depositsByCell.ContainsKey).SelectMany(cell => _depositsByCell[cell]).Distinct().ToList())
            Name(_deposits.Find(id)!);
    }

    private void Name(SheetObject deposit) => deposit.NameLicenseBlocks(
        [.. CellsUnder(deposit)
            .Select(cell => _claims.ClaimantOf(_regime.Graticule.IndexInSheet(cell)))
            .OfType<SheetObject>()
            .Distinct()
            .OrderBy(title => title.Order)
            .Select(title => title.Stream.Id)]);

    private IEnumerable<Cell> CellsUnder(SheetObject deposit) =>
        SheetsOf.CellsUnder(_regime, deposit.Geometry!).Where(cell => _regime.Graticule.SheetOf(cell) == _sheet);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sheet {Sheet}: {Stream} could not be counted; there are no statistics of the sheet while it is so.")]
    private static partial void LogUncounted(ILogger log, Exception fault, SheetId sheet, StreamId stream);
}
