using Registry.Actors.Journal;
using Registry.Storage.InMemory;

namespace Registry.Storage.Tests.Journals;

public sealed class InMemoryJournalTests : JournalContract
{
    private protected override Task<IJournal> Open(TimeProvider clock) => Task.FromResult<IJournal>(new InMemoryJournal(clock));

    [Fact]
    public void Every_call_but_tailing_has_ended_when_it_returns()
    {
        Assert.True(Journal.Append(Filings.Apply("lb-1", 1)).IsCompletedSuccessfully);
        Assert.True(Journal.RaiseEpoch(Filings.M44).IsCompletedSuccessfully);
        Assert.True(Journal.LoadSheet(Filings.M44).GetAsyncEnumerator().MoveNextAsync().AsTask().IsCompletedSuccessfully);
        Assert.True(Journal.Tail(0, CancellationToken.None).GetAsyncEnumerator().MoveNextAsync().AsTask().IsCompletedSuccessfully);
    }
}
