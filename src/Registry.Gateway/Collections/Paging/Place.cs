namespace Registry.Gateway.Collections.Paging;

/// <summary>Where a page begins: on a sheet, after a place in that sheet's order. A place, not a count, so that nothing is skipped or
/// given twice when others register or change meanwhile.</summary>
/// <param name="Sheet">The <see cref="Registry.Core.Ground.SheetId.Number"/>; the sheets before it were given in full.</param>
/// <param name="After">The place after which to go on; what it counts is the sheet's affair.</param>
/// <param name="Layout">
/// The sequence of the entry after which the sheets had the objects that all pages go by: a sheet that has other ones since gives them
/// as they stood then. 0 where no page has to go by the one before, because all is on one sheet.
/// </param>
public readonly record struct Place(int Sheet, long After, long Layout = 0)
{
    /// <summary>Before everything.</summary>
    public static Place Start { get; } = new(0, 0);
}
