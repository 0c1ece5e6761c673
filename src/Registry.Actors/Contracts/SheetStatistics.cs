using Registry.Actors.Journal;

namespace Registry.Actors.Contracts;

/// <summary>The objects of a sheet, counted.</summary>
/// <param name="ClaimedCells">Cells of the sheet that somebody claims.</param>
/// <param name="Objects">Objects that lie on the sheet, those included that another sheet counts.</param>
/// <param name="Tallies">
/// The objects that this sheet counts: an object on several sheets is counted by the first of them, so that the tallies of all
/// sheets can be added up. In the order of their members; none with a count of 0.
/// </param>
public sealed record SheetStatistics(int ClaimedCells, int Objects, IReadOnlyList<Tally> Tallies);

/// <summary>By what objects are counted.</summary>
public enum TallyBy
{
    /// <summary>By status alone.</summary>
    Status,

    /// <summary>What a license block is for.</summary>
    Kind,

    /// <summary>The year, in the registry's time zone, in which the object was filed or first registered.</summary>
    YearFiled,

    /// <summary>The year of the grant; a license block that was never granted is in none.</summary>
    YearGranted,

    /// <summary>A commodity; an object with several is counted under each of them.</summary>
    Commodity,

    /// <summary>An edition of a list of critical minerals that names a commodity of the object, in force or not.</summary>
    CriticalList,

    /// <summary>The holder's country, ISO 3166-1 alpha-2.</summary>
    Country,

    /// <summary>Whether the holder's country is the regime's own: <c>domestic</c> or <c>foreign</c>.</summary>
    Origin,

    /// <summary>The first sheet that the object lies on.</summary>
    Sheet,

    /// <summary>The region of the country in which the object's first cell has its centre, or, of what has no cells, its first position;
    /// <c>none</c> where the map of regions, coarser than cells, has none.</summary>
    Region,
}

/// <summary>What the objects of one status and one value of a property come to.</summary>
/// <param name="Collection">Which objects.</param>
/// <param name="By">Which property.</param>
/// <param name="Value">The property's value, as the HTTP contract writes it; empty for <see cref="TallyBy.Status"/>.</param>
/// <param name="Status">Their status; of restriction areas, their effect.</param>
/// <param name="Count">How many.</param>
/// <param name="Cells">Their cells, added up: a cell on which two of them lie counts twice.</param>
/// <param name="SquareMetres">
/// Their areas, each rounded to whole square metres, added up. Whole numbers, so that the sum does not depend on its order.
/// </param>
public sealed record Tally(
    Collection Collection, TallyBy By, string Value, string Status, long Count, long Cells, long SquareMetres);
