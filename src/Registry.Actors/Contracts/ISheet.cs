using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Actors.Contracts;

/// <summary>
/// One sheet of the map: who claims each of its cells, which objects lie on it. It decides in its turn; the journal has the last word.
/// </summary>
public interface ISheet
{
    /// <summary>
    /// Holds ground for one write until it is settled. Holds over the same cell are given in the order in which they arrive here:
    /// the order of filing. Holding again under the same id gives the same place in line, with the epoch of now.
    /// </summary>
    Task<HoldAnswer> Hold(HoldRequest request);

    /// <summary>Ends a hold, and makes the sheet show the object as the write left it. May be repeated.</summary>
    Task Settle(Settlement settlement);

    /// <summary>Who claims a cell of this sheet, and who stands in line for it.</summary>
    Task<CellView> Look(Cell cell);

    /// <summary>The same for several cells of this sheet, in their order.</summary>
    Task<IReadOnlyList<CellView>> LookAll(CellSet cells);

    /// <summary>The same for one cell as it stood.</summary>
    Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt);

    /// <summary>A page of the objects that touch a rectangle, as they stand or as they stood.</summary>
    Task<SheetPage> Query(SheetQuery query);

    /// <summary>Cells that can be applied for within a rectangle, in the order of cells.</summary>
    /// <param name="box">The rectangle; a cell counts when it shares ground with it.</param>
    /// <param name="after">The cell after which to go on; null to begin.</param>
    /// <param name="limit">The most cells to give.</param>
    Task<CellSet> Free(BoundingBox box, Cell? after, int limit);

    /// <summary>The same of the cells that could be applied for then.</summary>
    Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt);

    /// <summary>The sheet's part of a map tile, as at one instant.</summary>
    Task<SheetTile> Tile(TileQuery query);

    /// <summary>What every part of a tile that the sheet would give now depends on.</summary>
    Task<SheetVersion> Version();

    /// <summary>What a search for free areas needs of the sheet, as at one instant.</summary>
    Task<OpenGroundPart> OpenGround(OpenGroundQuery query);

    /// <summary>What the sheet holds, in numbers.</summary>
    Task<SheetFigures> Figures();

    /// <summary>The objects of the sheet, counted by what they are, as they stand or as they stood.</summary>
    /// <param name="asAt">As <see cref="SheetQuery.AsAt"/>.</param>
    Task<SheetStatistics> Statistics(long? asAt);
}

/// <summary>
/// When ground is looked at that is not looked at now. Sheets that are asked with the same one answer for the same instant.
/// </summary>
/// <param name="Cut">The sequence of the last entry of the journal that counts; 0 before the first.</param>
/// <param name="Day">The day in the law's calendar: some areas restrict ground from a date or until a date.</param>
public readonly record struct GroundAsAt(long Cut, DateOnly Day);

/// <summary>What a hold is for.</summary>
public enum HoldMode
{
    /// <summary>To claim the cells; refused where another claims one.</summary>
    Claim,

    /// <summary>To claim the cells, or stand in line where an undecided application claims one.</summary>
    ClaimOrQueue,

    /// <summary>To lie over the cells beside others, claiming none; refused only where an area excludes one.</summary>
    Share,

    /// <summary>To change something about ground already claimed, or about none; never refused.</summary>
    Touch,
}

/// <summary>Asks a sheet to hold ground.</summary>
/// <param name="Id">The write's id, unique to this attempt of this caller.</param>
/// <param name="Stream">The object that is written.</param>
/// <param name="Cells">The cells of this sheet that the write concerns.</param>
/// <param name="Mode">What for.</param>
/// <param name="PassedEpoch">An epoch that the journal told to be over: a sheet still in it must load itself anew first.</param>
/// <param name="Together">Further objects that are written in the same append; null for none.</param>
/// <param name="Moves">Whether the object is registered already and may lie on other sheets after the write than before it.</param>
public sealed record HoldRequest(
    string Id, StreamId Stream, CellSet Cells, HoldMode Mode, long PassedEpoch = -1, IReadOnlyList<StreamId>? Together = null,
    bool Moves = false);

/// <summary>A sheet's word on ground.</summary>
/// <param name="Epoch">The epoch in which it was given; an append that relies on it names it.</param>
/// <param name="Others">Cells that another license block claims before the one that asks.</param>
/// <param name="Next">For cells that the one that asks claims: who stands in line, first filed first within a cell.</param>
/// <param name="Restricted">Cells that a restriction area excludes, with the area; empty unless cells are to be claimed.</param>
/// <param name="IsHeld">Whether the ground is held now; when not, <paramref name="Others"/> or <paramref name="Restricted"/> says why.</param>
public sealed record HoldAnswer(
    long Epoch,
    IReadOnlyList<Registry.Core.Conflict> Others,
    IReadOnlyList<NextInLine> Next,
    IReadOnlyList<RestrictedCell> Restricted,
    bool IsHeld);

/// <summary>A license block in line for a cell: the first one claims it when the present claimant gives it up.</summary>
public readonly record struct NextInLine(Cell Cell, string LicenseBlock);

/// <summary>A cell that a restriction area excludes.</summary>
public readonly record struct RestrictedCell(Cell Cell, string Area)
{
    /// <summary>The rule that an application over such cells breaks, once for each area.</summary>
    public static IReadOnlyList<BrokenRule> Rules(Regime regime, IEnumerable<RestrictedCell> cells) =>
    [
        .. cells.GroupBy(cell => cell.Area).Select(area => new BrokenRule(
            RuleNames.RestrictedGround,
            $"Restriction area {area.Key} excludes {CellNames.NameSome(regime, [.. area.Select(cell => cell.Cell)])}.")),
    ];
}

/// <summary>How a write ended.</summary>
/// <param name="HoldId">The write's id.</param>
/// <param name="Stream">The object that was written.</param>
/// <param name="Object">The object as the write left it; null when nothing was written.</param>
/// <param name="IsKnown">False when the writer does not know: the sheet then asks the journal, in a new epoch.</param>
/// <param name="Together">Further objects of this sheet that the same append left so; null for none.</param>
public sealed record Settlement(
    string HoldId, StreamId Stream, StoredObject? Object, bool IsKnown = true, IReadOnlyList<StoredObject>? Together = null);

/// <summary>What a cell is.</summary>
public enum CellStatus
{
    /// <summary>It can be applied for.</summary>
    Free,

    /// <summary>An application over it is not decided.</summary>
    Applied,

    /// <summary>A title in force covers it.</summary>
    Granted,

    /// <summary>A restriction area excludes it.</summary>
    Restricted,

    /// <summary>It is not the jurisdiction's.</summary>
    Outside,
}

/// <summary>A cell as its sheet sees it.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Status">What it is.</param>
/// <param name="LicenseBlock">Who claims it; null for nobody.</param>
/// <param name="ClaimantStatus">The status of who claims it.</param>
/// <param name="Queue">Who stands in line for it, first filed first.</param>
/// <param name="Area">The restriction area that excludes it.</param>
public sealed record CellView(
    Cell Cell,
    CellStatus Status,
    string? LicenseBlock,
    LicenseBlockStatus? ClaimantStatus,
    IReadOnlyList<string> Queue,
    string? Area);

/// <summary>Asks a sheet for objects.</summary>
/// <param name="Collection">Which objects.</param>
/// <param name="Box">The rectangle that they must touch.</param>
/// <param name="After">The place after which to go on: <see cref="Registry.Core.Registered{TState}.First"/> of the last one given; 0 to begin.</param>
/// <param name="Limit">The most to give; 0 to count only.</param>
public sealed record SheetQuery(Collection Collection, BoundingBox Box, long After, int Limit)
{
    /// <summary>What they must pass besides; null for nothing. It has been checked against the queryables of the collection.</summary>
    public FilterExpression? Filter { get; init; }

    /// <summary>
    /// The sequence up to which the journal counts: the sheet answers as it stood after that entry. Sheets that are asked with the
    /// same one answer for the same instant. Null: as it stands now.
    /// </summary>
    public long? AsAt { get; init; }

    /// <summary>Whether <see cref="SheetPage.Matched"/> is wanted. Where it is not, only what the page takes is put to the filter.</summary>
    public bool IsCounted { get; init; } = true;

    /// <summary>The most that the filter may cost on the sheet, in units of <see cref="WorkBudget"/>; <see cref="SheetPage.IsTooCostly"/> beyond.</summary>
    public long Work { get; init; } = WorkBudget.OfRequest;
}

/// <summary>A page of objects of one sheet, in the order of first registration.</summary>
/// <param name="Features">Each a GeoJSON Feature in UTF-8, ready to send. Not to be changed: the sheet's own bytes.</param>
/// <param name="Places">The place of each, its <see cref="Registry.Core.Registered{TState}.First"/>.</param>
/// <param name="Matched">How many objects match in all, on this sheet, counting each only on the first queried sheet that it lies on; not all of them where the
/// query does not ask for the number.</param>
/// <param name="HasMore">Whether more follow.</param>
/// <param name="Layout">Of which entries of the journal the page is.</param>
public sealed record SheetPage(
    IReadOnlyList<byte[]> Features, IReadOnlyList<long> Places, int Matched, bool HasMore, SheetLayout Layout)
{
    private const long TooMuchWork = -1;

    /// <summary>What the filter cost, in units of <see cref="WorkBudget"/>.</summary>
    public long Work { get; init; }

    /// <summary>Whether the filter cost more than it may: nothing else that the page says counts then.</summary>
    public bool IsTooCostly => Work == TooMuchWork;

    /// <summary>The place of the last one given; 0 when none was.</summary>
    public long Last => Places is [.., var last] ? last : 0;

    /// <summary>In place of a page, of which the filter cost too much.</summary>
    public static SheetPage TooCostly(SheetLayout layout) => new([], [], Matched: 0, HasMore: false, layout) { Work = TooMuchWork };

    /// <summary>The page with no more features than so many.</summary>
    public SheetPage First(int most) => Features.Count <= most
        ? this
        : this with { Features = [.. Features.Take(most)], Places = [.. Places.Take(most)], HasMore = true };
}

/// <summary>
/// Which objects a sheet has, by the journal. An object that lies on several sheets is given by the first of them, so that an object
/// whose sheets change would be missed, or given twice, by who asks one sheet before the change and another after it: this tells.
/// </summary>
/// <param name="Newest">The sequence of the newest entry that the sheet shows; others may have been made since that are not its own.</param>
/// <param name="Moved">
/// The sequence of the last entry that changed on which sheets an object of this one lies, whether it came, went or stayed, its
/// registration aside; at least that. <see cref="Moving"/> while such an entry may be on its way.
/// </param>
public readonly record struct SheetLayout(long Newest, long Moved)
{
    /// <summary>A <see cref="Moved"/> that is not known yet.</summary>
    public const long Moving = long.MaxValue;

    /// <summary>
    /// Whether every object was on the sheets on which it was after an entry that had been made when the sheet was asked: sheets for
    /// which this holds with the same entry have each object once among them.
    /// </summary>
    /// <param name="sequence">The sequence of the entry.</param>
    public bool IsThatOf(long sequence) => Moved <= sequence;
}

/// <summary>What a sheet holds, in numbers.</summary>
/// <param name="Epoch">Its epoch.</param>
/// <param name="ClaimedCells">Cells that somebody claims.</param>
/// <param name="Objects">Objects that lie on it.</param>
/// <param name="Holds">Holds not settled yet, waiting ones included.</param>
public sealed record SheetFigures(long Epoch, int ClaimedCells, int Objects, int Holds);
