using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Gateway.Costs;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Sheets;

/// <summary>Keeps the answers of several sheets together: each object on one of them, though some change sheets meanwhile.</summary>
internal static class SheetLayouts
{
    /// <summary>
    /// Pages of sheets by the layout after an entry: of a sheet as it stands, while no object changed sheets since, else as it stood then.
    /// </summary>
    /// <param name="actors">How to reach the sheets.</param>
    /// <param name="query">What is asked of the present.</param>
    /// <param name="layout">The sequence of an entry that has been made.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public static async Task<IReadOnlyList<SheetPage>> QueryBy(this IActors actors, SheetsQuery query, long layout)
    {
        var pages = await actors.Query(query);
        int[] others = [.. Enumerable.Range(0, pages.Count).Where(i => !pages[i].Layout.IsThatOf(layout))];
        if (others.Length == 0)
            return pages;
        // What those give as they stood is another number, by which the others have to give more or less.
        if (query.Most is not null)
            return await actors.QueryBy(query with { Most = null }, layout);
        var stood = await actors.Query(new SheetsQuery(query.Question with { AsAt = layout }, Array.ConvertAll(others, i => query.Parts[i])));
        SheetPage[] together = [.. pages];
        for (var i = 0; i < others.Length; i++)
            together[others[i]] = stood[i];
        return together;
    }

    /// <summary>One page of one sheet by the layout after an entry.</summary>
    /// <inheritdoc cref="QueryBy(IActors, SheetsQuery, long)"/>
    public static async Task<SheetPage> QueryBy(this ISheet sheet, SheetQuery query, long layout)
    {
        var page = await sheet.Query(query);
        return page.Layout.IsThatOf(layout) ? page : await sheet.Query(query with { AsAt = layout });
    }

    /// <summary>The page, of which the filter cost no more than it may.</summary>
    /// <exception cref="ProblemException">It cost more: <c>too-costly</c>.</exception>
    public static SheetPage Affordable(this SheetPage page) => page.IsTooCostly
        ? throw TooCostly.Because("Putting the filter to every feature takes too much work: ask in a smaller rectangle, with fewer conditions, or with simpler geometry.")
        : page;

    /// <summary>The newest entry of which one of the sheets tells: everything that any of them shows is of entries up to it.</summary>
    public static long Newest(IEnumerable<SheetPage> pages) => pages.Max(static page =>
        page.Layout.Moved == SheetLayout.Moving ? page.Layout.Newest : Math.Max(page.Layout.Newest, page.Layout.Moved));

    /// <summary>Asks sheets for an entry that all of them show or have passed: what was acknowledged before the call is of it or earlier.</summary>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public static async Task<long> Now(IActors actors, SheetId[] sheets, SheetQuery query) => Newest(await actors.Query(
        new SheetsQuery(query with { Filter = null }, Array.ConvertAll(sheets, static sheet => new SheetPart(sheet, 0, 0)))));
}
