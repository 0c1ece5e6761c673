using Registry.Actors.Journal;

namespace Registry.Actors.Ground;

/// <content>The sheet as it stood: read from the journal by the sequence that the question names, whatever the sheet shows now.</content>
public sealed partial class Sheet
{
    // Reading is long beside a question: the sheet's turn is given to others after so many objects.
    private const int ReadInARow = 16;

    private readonly Dictionary<long, Task<SheetPast>> _making = [];

    private async Task<SheetPage> QueryPast(SheetQuery query, long cut)
    {
        // A filter may be large, and is not kept.
        var isCount = query is { Limit: 0, Filter: null };
        if (isCount && _past.TryFind(_id, query, out var known))
            return known;
        var page = Page((await PastAt(cut)).Of(query.Collection), query) with { Layout = new SheetLayout(cut, 0) };
        if (isCount)
            _past.Keep(_id, query, page);
        return page;
    }

    private async Task<SheetStatistics> StatisticsPast(long cut) =>
        _past.TryFind(_id, cut, out SheetStatistics? counted) ? counted : (await PastAt(cut)).Statistics;

    // Those who ask for the same cut at once wait for one reading.
    private Task<SheetPast> PastAt(long cut)
    {
        if (_past.TryFind(_id, cut, out SheetPast? kept))
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
            var content = new SheetContent(_regime, _id);
            var read = 0;
            await foreach (var stored in _journal.LoadSheetAt(_id, cut))
            {
                content.ApplyIfHere(stored);
                if (++read % ReadInARow == 0)
                    await Task.Yield();
            }

            var past = new SheetPast(content);
            _past.Keep(_id, cut, past);
            return past;
        }
        finally
        {
            _making.Remove(cut);
            _past.Making.Release();
        }
    }
}
