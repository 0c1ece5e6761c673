namespace Registry.Gateway.Collections;

/// <summary>Where a page begins: on a sheet, after a place in that sheet's order. A place, not a count, so that nothing is skipped or
/// given twice when others register or change meanwhile.</summary>
/// <param name="Sheet">The <see cref="Registry.Core.Ground.SheetId.Number"/>; the sheets before it were given in full.</param>
/// <param name="After">The place after which to go on; what it counts is the sheet's affair.</param>
public readonly record struct Place(int Sheet, long After)
{
    /// <summary>Before everything.</summary>
    public static Place Start { get; } = new(0, 0);
}
