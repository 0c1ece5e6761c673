using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <content>The sheet as it stood: read from the journal by the sequence that the question names, whatever the sheet shows now.</content>
public sealed partial class Sheet
{
    // Reading is long beside a question: the sheet's turn is given to others after so many objects.
    private const int ReadInARow = 16;

    private readonly Dictionary<long, Task<SheetPast>> _making = [];

    /// <inheritdoc/>
    public async Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt)
    {
        ThrowIfRetired();
        return (await PastAt(asAt.Cut)).Content.Look(cell, asAt.Day);
    }

    /// <inheritdoc/>
    public async Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt)
    {
        ThrowIfRetired();
        return Free((await PastAt(asAt.Cut)).Content, box, after, limit, asAt.Day);
    }

    private async Task<SheetPage> QueryPast(SheetQuery query, long cut)
    {
        if (query.Limit > 0)
            return PagePast(await PastAt(cut), query, cut);
        var count = PastCount.Of(_id, _loaded, query);
        if (!_past.TryFind(count, out var counted))
        {
            counted = PagePast(await PastAt(cut), query, cut);
            if (!counted.IsTooCostly)
                _past.Keep(count, counted);
        }

        return counted;
    }

    private SheetPage PagePast(SheetPast past, SheetQuery query, long cut) =>
        Page(past.Content.Of(query.Collection), query) with { Layout = new SheetLayout(cut, 0) };

    private async Task<SheetStatistics> StatisticsPast(long cut) =>
        _past.TryFind(Place(cut), out SheetStatistics? counted) ? counted : (await PastAt(cut)).Statistics;

    private PastPlace Place(long cut) => new(_id, _loaded, cut);

    // Those who ask for the same cut at once wait for one reading.
    private Task<SheetPast> PastAt(long cut)
    {
        if (_past.TryFind(Place(cut), out SheetPast? kept))
            return Task.FromResult(kept);
        if (!_making.TryGetValue(cut, out var making))
            _making.Add(cut, making = Make(cut));
        return making;
    }

    private async Task<SheetPast> Make(long cut)
    {
        await _past.Making.WaitAsync();
        try
        {
            await Task.Yield();
            var content = new SheetContent(_regime, _id, _log);
            var read = 0;
            await foreach (var stored in _journal.LoadSheetAt(_id, cut))
            {
                content.ApplyIfHere(stored);
                if (++read % ReadInARow == 0)
                    await Task.Yield();
            }

            var past = new SheetPast(content, _regime.Graticule);
            _past.Keep(Place(cut), past);
            return past;
        }
        finally
        {
            _making.Remove(cut);
            _past.Making.Release();
        }
    }
}
