using Registry.Actors.Journal;
using Registry.Core.Titles;

namespace Registry.Storage.Tests.Journals;

/// <summary>An object that left a sheet, and two that did not, for a database that is brought to today's schema.</summary>
internal static class SheetLeft
{
    /// <summary>Files over two sheets, gives up the ground on one, and registers others.</summary>
    public static async Task Write(IJournal journal)
    {
        var applied = Filings.Apply("lb-left", 359, 360);
        await Commit(journal, applied);
        var gone = Filings.Cells(359);
        var (relinquished, _) = Filings.Next(Filings.StateOf(applied), 2, new Relinquished(gone));
        await Commit(journal, relinquished with { Releases = [new ClaimEnd(gone[0], null)] });
        await Commit(journal, Filings.Apply("lb-stays", 3));
        await Commit(journal, Filings.Apply("lb-elsewhere", 400));
    }

    /// <summary>Both sheets tell of it, and an entry can be appended.</summary>
    public static async Task Check(IJournal journal)
    {
        Assert.Equal(["lb-left", "lb-left", "lb-stays"], await IdsOf(journal, Filings.M44));
        Assert.Equal(["lb-left", "lb-left", "lb-elsewhere"], await IdsOf(journal, Filings.M45));
        await Commit(journal, Filings.Apply("lb-new", 4));
        Assert.Equal(["lb-left", "lb-left", "lb-stays", "lb-new"], await IdsOf(journal, Filings.M44));
    }

    private static async Task Commit(IJournal journal, Append append) => Assert.IsType<Committed>(await journal.Append(append));

    private static async Task<List<string>> IdsOf(IJournal journal, Core.Ground.SheetId sheet) =>
        await journal.SheetHistory(sheet, long.MaxValue).Select(entry => entry.Stream.Id).ToListAsync();
}
