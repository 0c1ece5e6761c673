using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Gateway.Collections.Paging;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>A page of a collection, over as many sheets as it took.</summary>
/// <param name="Parts">The features, sheet by sheet.</param>
/// <param name="Returned">How many features the parts hold.</param>
/// <param name="Matched">How many features match in all.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record CollectionPage(IReadOnlyList<SheetPage> Parts, int Returned, long Matched, Place? Next);

/// <summary>Asks the sheets that a rectangle touches and makes one page of what they answer.</summary>
/// <remarks>
/// A page of usual size is read in one round, in which sheets of different silos may give more than fits. For a long one that would be
/// too much: the first round asks the sheet where the page begins for features and all others for their numbers; the second asks
/// those sheets for features that, by their numbers, still fit. Each sheet answers as at one instant of its own, so a page can be
/// shorter than it might have been when features leave in between; it is then still followed by a next one.
/// <para>
/// An object is given by the first sheet that it lies on. So that none is missed or given twice because its sheets change, all pages go by
/// the sheets that objects lay on after one entry of the journal (<see cref="Place.Layout"/>). The first page takes the newest entry
/// that any sheet has told of before it was asked, and looks at what the sheets tell with their answers: nearly always they show
/// nothing that is newer. Else it asks once more, by the newest entry that they told of.
/// </para>
/// </remarks>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
public sealed class CollectionPages(IActors actors, SheetPlan plan)
{
    /// <summary>So many features of each silo, of which most may be left, cost less than a second round.</summary>
    private const int MostAtOnce = 500;

    private long _newest;

    /// <summary>Reads one page.</summary>
    /// <param name="selection">Which features.</param>
    /// <param name="from">Where the page begins.</param>
    /// <param name="limit">The most features to give, 1 or more.</param>
    /// <param name="stop">Ends the reading between two sheets, where they are not asked all at once.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<CollectionPage> Read(FeatureSelection selection, Place from, int limit, CancellationToken stop = default)
    {
        var sheets = plan.Touched(selection.Box);
        // One sheet has nothing to agree on with others, and the past does not change.
        if (sheets.Length <= 1 || selection.AsAt is not null)
            return PageOf(sheets, await Read(sheets, selection, from, limit, layout: null, stop), from, layout: 0);
        if (from.Layout > 0)
            return PageOf(sheets, await Read(sheets, selection, from, limit, from.Layout, stop), from, from.Layout);

        var known = Volatile.Read(ref _newest);
        var answers = await Read(sheets, selection, from, limit, layout: null, stop);
        var page = PageOf(sheets, answers, from, known);
        var told = SheetLayouts.Newest(answers);
        // What later pages give as it stood after the entry must not lack what stands now; where none follow, that does not matter.
        if (Array.TrueForAll(answers, answer => answer.Layout.IsThatOf(known)) && (told <= known || page.Next is null))
            return page;
        var newest = Note(told);
        return PageOf(sheets, await Read(sheets, selection, from, limit, newest, stop), from, newest);
    }

    /// <summary>
    /// The place behind the first features. Sheets that are passed over whole are asked for their numbers alone, and one for its features,
    /// a group at a time.
    /// </summary>
    /// <param name="selection">Which features.</param>
    /// <param name="offset">How many are passed over, 1 or more.</param>
    /// <param name="stop">Ends the reading between two groups.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<Place> Skip(FeatureSelection selection, int offset, CancellationToken stop)
    {
        var sheets = plan.Touched(selection.Box);
        var counted = await Ask(selection, layout: null, sheets, i => new SheetPart(sheets[i], 0, 0), stop);
        var left = offset;
        for (var i = 0; i < sheets.Length; i++)
        {
            if (counted[i]!.Matched <= left)
            {
                left -= counted[i]!.Matched;
                continue;
            }

            var after = 0L;
            while (left > 0)
            {
                stop.ThrowIfCancellationRequested();
                var page = (await actors.Sheet(sheets[i]).Query(selection.Ask(after, Math.Min(left, MostAtOnce)) with { IsCounted = false })).Affordable();
                selection.Budget?.Spend(page.Work);
                // Some may have left since they were counted.
                if (page.Features.Count == 0)
                    break;
                (after, left) = (page.Last, left - page.Features.Count);
            }

            return new Place(sheets[i].Number, after);
        }

        return new Place(int.MaxValue, 0);
    }

    /// <summary>Notes an entry that a sheet told of.</summary>
    /// <returns>The newest that any has.</returns>
    private long Note(long told)
    {
        var known = Volatile.Read(ref _newest);
        while (told > known)
        {
            var before = Interlocked.CompareExchange(ref _newest, told, known);
            if (before == known)
                return told;
            known = before;
        }

        return known;
    }

    private async Task<SheetPage[]> Read(SheetId[] sheets, FeatureSelection selection, Place from, int limit, long? layout, CancellationToken stop)
    {
        var first = FirstOf(sheets, from);
        if (limit <= MostAtOnce)
        {
            var pages = await Ask(selection, layout, sheets, i => new SheetPart(
                sheets[i], i == first ? AfterOn(sheets[i], from) : 0, i >= first ? limit : 0), stop, limit);
            SheetsQuery.Cut(pages.AsSpan(first)!, limit);
            return pages!;
        }

        var answers = await Ask(selection, layout, sheets, i => new SheetPart(
            sheets[i], i == first ? AfterOn(sheets[i], from) : 0, i == first ? limit : 0), stop);
        var wanted = Share(answers, first, limit);
        if (Array.Exists(wanted, count => count > 0))
        {
            var rest = await Ask(selection, layout, sheets, i => wanted[i] == 0 ? null : new SheetPart(sheets[i], 0, wanted[i]), stop);
            for (var i = 0; i < sheets.Length; i++)
                answers[i] = rest[i] ?? answers[i];
        }

        return answers!;
    }

    private static int FirstOf(SheetId[] sheets, Place from)
    {
        var first = Array.FindIndex(sheets, sheet => sheet.Number >= from.Sheet);
        return first < 0 ? sheets.Length : first;
    }

    private static long AfterOn(SheetId sheet, Place from) => sheet.Number == from.Sheet ? from.After : 0;

    /// <summary>How many features to ask of each sheet after the first, by how many it has.</summary>
    private static int[] Share(SheetPage?[] answers, int first, int limit)
    {
        var wanted = new int[answers.Length];
        var left = first == answers.Length || answers[first]!.HasMore ? 0 : limit - answers[first]!.Features.Count;
        for (var i = first + 1; i < answers.Length; i++)
            left -= wanted[i] = Math.Min(left, answers[i]!.Matched);
        return wanted;
    }

    private static CollectionPage PageOf(SheetId[] sheets, SheetPage[] answers, Place from, long layout)
    {
        var first = FirstOf(sheets, from);
        var parts = new List<SheetPage>(1);
        var returned = 0;
        var matched = 0L;
        var end = new Place(from.Sheet, from.After, layout);
        var more = false;
        for (var i = 0; i < sheets.Length; i++)
        {
            var answer = answers[i];
            matched += answer.Matched;
            if (i < first)
                continue;

            // A sheet that got features between the rounds has more than was asked of it: what later sheets gave waits for the next page.
            if (answer.Features.Count > 0 && !more)
            {
                parts.Add(answer);
                returned += answer.Features.Count;
                end = new Place(sheets[i].Number, answer.Last, layout);
                more = answer.HasMore;
            }
            else
            {
                more |= i > first && answer.Matched > 0;
            }
        }

        return new CollectionPage(parts, returned, matched, more ? end : null);
    }

    /// <summary>Asks at once; a sheet of which no page is wanted has no answer.</summary>
    private async Task<SheetPage?[]> Ask(
        FeatureSelection selection, long? layout, SheetId[] sheets, Func<int, SheetPart?> wanted, CancellationToken stop, int? most = null)
    {
        var answers = new SheetPage?[sheets.Length];
        var places = new List<int>(sheets.Length);
        var parts = new List<SheetPart>(sheets.Length);
        for (var i = 0; i < sheets.Length; i++)
        {
            if (wanted(i) is not { } part)
                continue;
            places.Add(i);
            parts.Add(part);
        }

        var query = new SheetsQuery(selection.Ask(0, 0), parts) { Most = most };
        // How sheets stood is read from the journal, which takes its time.
        var pages = selection.Budget is { } budget ? await AskInTurn(query, budget, layout, stop)
            : selection.AsAt is not null ? await FewAtOnce.Ask([.. parts.Select(part => part.Sheet)], sheet => AskPast(query, sheet), stop)
            : layout is { } entry ? await actors.QueryBy(query, entry)
            : await actors.Query(query);
        for (var i = 0; i < pages.Count; i++)
            answers[places[i]] = pages[i].Affordable();
        return answers;
    }

    private Task<SheetPage> AskPast(SheetsQuery query, SheetId sheet) =>
        actors.Sheet(sheet).Query(query.Of(query.Parts.First(part => part.Sheet == sheet)));

    // One sheet after another: what the filter cost on one is taken from what it may cost on the next.
    private Task<SheetPage[]> AskInTurn(SheetsQuery query, WorkBudget budget, long? layout, CancellationToken stop)
    {
        var next = 0;
        return FewAtOnce.Ask([.. query.Parts.Select(part => part.Sheet)], async id =>
        {
            var sheet = actors.Sheet(id);
            var asked = query.Of(query.Parts[next++]) with { Work = budget.Left };
            var page = (layout is { } entry ? await sheet.QueryBy(asked, entry) : await sheet.Query(asked)).Affordable();
            budget.Spend(page.Work);
            return page;
        }, stop, most: 1);
    }
}
