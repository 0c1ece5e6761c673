using Registry.Actors.Journal;
using Registry.Core.Titles;

namespace Registry.Storage.Tests.Journals;

/// <summary>A journal from before undecided applications were counted: two of p-1 await their decision, and one was withdrawn.</summary>
internal static class UndecidedBefore
{
    public static async Task Write(IJournal journal)
    {
        Append[] filed = [Filings.Apply("lb-0", 0), Filings.Apply("lb-1", 1), Filings.Queue("lb-2", 1)];
        foreach (var append in filed)
            Assert.IsType<Committed>(await journal.Append(append));
        Assert.IsType<Committed>(await journal.Append(Filings.Leave(Filings.StateOf(filed[0]), 2, new Withdrawn())));
    }

    public static async Task Check(IJournal upgraded)
    {
        var third = new UndecidedChange(null, "p-1", 3);
        Assert.IsType<Committed>(await upgraded.Append(Filings.Apply("lb-3", 3) with { Undecided = third }));
        Assert.IsType<TooManyUndecided>(await upgraded.Append(Filings.Apply("lb-4", 4) with { Undecided = third }));
    }
}
