using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Ground;

/// <summary>What a sheet only counts never stands between a write and its answer.</summary>
public sealed class CountingFaultTests
{
    // The registry's calendar cannot say in which year this is: counting by the year of filing fails.
    private static readonly DateTimeOffset Uncountable = DateTimeOffset.MaxValue;

    [Fact]
    public async Task A_fault_in_a_counter_is_told_to_who_asks_for_the_numbers_and_to_no_writer()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var (first, second, third) = (country.Cells(0, 0, 1, 1), country.Cells(0, 2, 1, 1), country.Cells(0, 4, 1, 1));
        using var sheet = new Sheet(
            country.Regime.Graticule.SheetOf(first[0]), country.Regime, country.Journal, country.Clock, new PastSheets(), NullLogger<Sheet>.Instance);
        await sheet.Activate();
        await Write(sheet, Title("lb-1", first, LicenseBlockStatus.Applied, 1, country.Clock.GetUtcNow()));

        await Write(sheet, Title("lb-2", second, LicenseBlockStatus.Applied, 1, Uncountable));
        Assert.Equal("lb-2", (await sheet.Look(second[0])).LicenseBlock);
        Assert.False((await sheet.Hold(new HoldRequest("x", Stream("lb-x"), second, HoldMode.Claim))).IsHeld);
        Assert.Equal((2, 2, 0), await Figures(sheet));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => sheet.Statistics(null));

        await Write(sheet, Title("lb-2", second, LicenseBlockStatus.Withdrawn, 2, Uncountable));
        await Write(sheet, Title("lb-3", third, LicenseBlockStatus.Applied, 1, country.Clock.GetUtcNow()));
        Assert.Equal(CellStatus.Free, (await sheet.Look(second[0])).Status);
        Assert.Equal("lb-3", (await sheet.Look(third[0])).LicenseBlock);
        Assert.Equal((2, 3, 0), await Figures(sheet));

        // Counted anew once that is possible again.
        await Write(sheet, Title("lb-2", second, LicenseBlockStatus.Withdrawn, 3, country.Clock.GetUtcNow()));
        var statistics = await sheet.Statistics(null);
        Assert.Equal((2, 3), (statistics.ClaimedCells, statistics.Objects));
        Assert.Equal(
            [("applied", 2L), ("withdrawn", 1L)],
            statistics.Tallies.Where(tally => tally.By == TallyBy.Status).Select(tally => (tally.Status, tally.Count)));
    }

    [Fact]
    public async Task A_fault_in_a_counter_is_logged_once_and_keeps_nobody_from_the_objects_of_the_past()
    {
        await using var country = await SmallCountry.Start(InProcessHost.Start);
        var (first, second) = (country.Cells(0, 0, 1, 1), country.Cells(0, 2, 1, 1));
        var (sheet, log) = (country.Regime.Graticule.SheetOf(first[0]), new CountingLog());
        var content = new SheetContent(country.Regime, sheet, log);
        content.ApplyIfHere(Title("lb-1", first, LicenseBlockStatus.Applied, 1, Uncountable).Stored);
        content.ApplyIfHere(Title("lb-2", second, LicenseBlockStatus.Applied, 1, Uncountable).Stored);

        var past = new SheetPast(content, country.Regime.Graticule);
        var kept = new PastSheets();
        var place = new PastPlace(sheet, Activation: 1, Cut: 2);
        kept.Keep(place, past);

        Assert.Equal(2, past.Content.Of(Collection.LicenseBlocks).InOrder(0).Count());
        Assert.True(kept.TryFind(place, out SheetPast? _));
        Assert.False(kept.TryFind(place, out SheetStatistics? _));
        Assert.Throws<ArgumentOutOfRangeException>(() => past.Statistics);
        Assert.Equal([LogLevel.Error], log.Levels);
    }

    private static async Task<(int Claimed, int Objects, int Holds)> Figures(Sheet sheet)
    {
        var figures = await sheet.Figures();
        return (figures.ClaimedCells, figures.Objects, figures.Holds);
    }

    private static async Task Write(Sheet sheet, (StoredObject Stored, CellSet Cells) title)
    {
        var id = $"{title.Stored.Stream}/{title.Stored.Version}";
        var mode = title.Stored.Version == 1 ? HoldMode.Claim : HoldMode.Touch;
        Assert.True((await sheet.Hold(new HoldRequest(id, title.Stored.Stream, title.Cells, mode))).IsHeld);
        await sheet.Settle(new Settlement(id, title.Stored.Stream, title.Stored));
    }

    private static StreamId Stream(string id) => new(Collection.LicenseBlocks, id);

    private static (StoredObject Stored, CellSet Cells) Title(string id, CellSet cells, LicenseBlockStatus status, long version, DateTimeOffset at)
    {
        var state = new LicenseBlockState
        {
            Id = id,
            Kind = LicenseBlockKind.Exploration,
            Status = status,
            Holder = new Holder("a", "a", "KZ"),
            Cells = cells,
            Commodities = ["copper"],
        };
        var stamp = new Stamp(id[^1], at);
        return (new StoredObject(Stream(id), version, stamp, stamp, JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.LicenseBlockState)), cells);
    }

    private sealed class CountingLog : ILogger
    {
        public List<LogLevel> Levels { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Assert.NotNull(exception);
            Levels.Add(logLevel);
        }
    }
}
