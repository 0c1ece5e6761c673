using Registry.Actors.Contracts;
using Registry.Actors.Ground.Filtering;
using Registry.Actors.Ground.Objects;
using Registry.Core;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <content>What a sheet answers to those who only ask.</content>
public sealed partial class Sheet
{
    private readonly List<SheetObject> _found = [];

    private SheetLayout Layout => new(_content.Newest, _line.IsMoving ? SheetLayout.Moving : _content.Moved);

    /// <inheritdoc/>
    public Task<SheetPage> Query(SheetQuery query)
    {
        ThrowIfRetired();
        return query.AsAt is { } cut ? QueryPast(query, cut) : Task.FromResult(Page(_content.Of(query.Collection), query));
    }

    private SheetPage Page(ObjectIndex index, SheetQuery query)
    {
        var budget = new WorkBudget(query.Work);
        var filter = query.Filter is { } asked ? new SheetFilter(query.Collection, asked, budget) : null;
        if (filter is not null && budget.IsSpent)
            return SheetPage.TooCostly(Layout);
        var searched = filter?.Smaller(query.Box) ?? query.Box;
        if (!searched.Contains(BoundingBox.Of(_regime.Graticule, _id)))
            return PageOf(Candidates(index, searched), query, filter, budget);
        return filter is null ? WholePage(index, query) : PageOf(index.InOrder(0), query, filter, budget);
    }

    private SheetPage PageOf(IEnumerable<SheetObject> candidates, SheetQuery query, SheetFilter? filter, WorkBudget budget)
    {
        var (features, places) = (new List<byte[]>(), new List<long>());
        var (matched, hasMore) = (0, false);
        foreach (var candidate in candidates)
        {
            if (!IsGiven(candidate, query.Box) || (candidate.Order <= query.After && !query.IsCounted))
                continue;
            var passes = filter?.Passes(candidate) ?? true;
            if (budget.IsSpent)
                return SheetPage.TooCostly(Layout);
            if (!passes)
                continue;
            matched++;
            if (candidate.Order <= query.After)
                continue;
            if (features.Count == query.Limit)
            {
                hasMore = true;
                if (query.IsCounted)
                    continue;
                break;
            }

            features.Add(candidate.Encoded);
            places.Add(candidate.Order);
        }

        return new SheetPage(features, places, matched, hasMore, Layout) { Work = budget.Spent };
    }

    /// <summary>A page of all that the sheet has: the index knows how many match, and where the page begins.</summary>
    private SheetPage WholePage(ObjectIndex index, SheetQuery query)
    {
        var guests = index.AreAllAtHomeIn(query.Box) ? [] : index.Guests;
        var matched = index.Own + guests.Concat(index.Doubtful).Count(stranger => IsGiven(stranger, query.Box));
        var (features, places) = (new List<byte[]>(), new List<long>());
        foreach (var candidate in index.InOrder(query.After))
        {
            if (!IsGiven(candidate, query.Box))
                continue;
            if (features.Count == query.Limit)
                return new SheetPage(features, places, matched, HasMore: true, Layout);
            features.Add(candidate.Encoded);
            places.Add(candidate.Order);
        }

        return new SheetPage(features, places, matched, HasMore: false, Layout);
    }

    /// <inheritdoc/>
    public Task<SheetStatistics> Statistics(long? asAt)
    {
        ThrowIfRetired();
        return asAt is { } cut ? StatisticsPast(cut) : Task.FromResult(_content.Statistics);
    }

    /// <inheritdoc/>
    public Task<CellSet> Free(BoundingBox box, Cell? after, int limit)
    {
        ThrowIfRetired();
        return Task.FromResult(Free(_content, box, after, limit, Today));
    }

    private CellSet Free(SheetContent content, BoundingBox box, Cell? after, int limit, DateOnly day)
    {
        var graticule = _regime.Graticule;
        var sheet = BoundingBox.Of(graticule, _id);
        if (!box.Intersects(sheet))
            return CellSet.Empty;
        var southWest = graticule.CellAt(Math.Max(box.West, sheet.West), Math.Max(box.South, sheet.South));
        var (south, west) = (graticule.Row(southWest), graticule.Column(southWest));
        var north = LastStep(graticule.RowsFromSouthPole(Math.Min(box.North, sheet.North)), south);
        var east = LastStep(graticule.ColumnsFromAntimeridian(Math.Min(box.East, sheet.East)), west);
        var free = new List<Cell>();
        for (var row = south; row <= north && free.Count < limit; row++)
        {
            for (var column = west; column <= east && free.Count < limit; column++)
            {
                var cell = graticule.CellOf(row, column);
                if ((after is null || cell > after) && content.IsFree(graticule.IndexInSheet(cell), day))
                    free.Add(cell);
            }
        }

        return CellSet.Of(free);
    }

    /// <summary>The last row or column with ground below an edge; an edge that only touches the next one does not count.</summary>
    private static int LastStep(double edge, int first) => Math.Max(first, (int)Math.Ceiling(edge) - 1);

    private List<SheetObject> Candidates(ObjectIndex index, BoundingBox box)
    {
        _found.Clear();
        index.Query(box, _found);
        return _found;
    }

    private bool IsGiven(SheetObject candidate, BoundingBox box) => IsGivenHere(candidate, box) && candidate.Touches(box);

    /// <summary>
    /// Whether this sheet is the first of those that the rectangle asks and the object lies on: each object is given once, and
    /// nobody keeps a set of what was given.
    /// </summary>
    private bool IsGivenHere(SheetObject candidate, BoundingBox box)
    {
        foreach (var sheet in candidate.Sheets)
        {
            if (sheet == _id)
                return true;
            if (BoundingBox.Of(_regime.Graticule, sheet).Intersects(box))
                return false;
        }

        return false;
    }
}
