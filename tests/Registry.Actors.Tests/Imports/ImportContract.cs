using Registry.Actors.Contracts;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Titles;
using Request = Registry.Actors.Contracts.Request;

namespace Registry.Actors.Tests.Imports;

/// <summary>What an import does on every host.</summary>
public abstract class ImportContract : IAsyncLifetime
{
    private SmallCountry _country = null!;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(Host);

    public async Task DisposeAsync() => await _country.DisposeAsync();

    protected abstract Task<IActorsHost> Host(SmallCountry country);

    [Fact]
    public async Task Features_are_registered_in_their_order_and_what_is_refused_is_told_with_its_place()
    {
        var (free, other) = (_country.Cells(0, 0, 1, 2), _country.Cells(-3, 0, 1, 2));

        var report = await Import(ImportMode.Feature, free, free, CellSet.Empty, other);

        Assert.Equal((ImportState.Done, 4, 4, 2, 0, 2), Figures(report.Progress));
        Assert.Equal(
            [(1L, RefusalKind.GroundTaken), (2L, RefusalKind.RuleBroken)],
            report.Refusals.Select(refusal => (refusal.Index, refusal.Refusal.Kind)));
        Assert.Equal(["lb-0", "lb-3"], (await Entries()).Select(entry => entry.Stream.Id));
        Assert.NotNull(report.Progress.EndedAt);
    }

    [Fact]
    public async Task Of_a_whole_file_with_a_feature_at_fault_nothing_is_registered()
    {
        var report = await Import(ImportMode.File, _country.Cells(0, 0, 1, 2), CellSet.Empty);

        Assert.Equal((ImportState.Refused, 2, 1, 0, 0, 1), Figures(report.Progress));
        Assert.Equal(RefusalKind.RuleBroken, report.Progress.Why!.Kind);
        Assert.Empty(await Entries());
    }

    [Theory]
    [InlineData(ImportMode.Feature)]
    [InlineData(ImportMode.File)]
    public async Task An_import_that_was_accepted_and_not_begun_goes_on_after_a_restart(ImportMode mode)
    {
        await Accept("imp-1", mode, _country.Cells(0, 0, 1, 2), _country.Cells(-3, 0, 1, 2));

        await _country.Restart();

        Assert.Equal((ImportState.Done, 2, 2, 2, 0, 0), Figures((await Ended("imp-1")).Progress));
        Assert.Empty(await _country.Journal.Unfinished(10));
    }

    [Fact]
    public async Task What_an_earlier_run_registered_is_not_registered_again()
    {
        var cells = _country.Cells(0, 0, 1, 2);
        await Accept("imp-1", ImportMode.Feature, cells, _country.Cells(-3, 0, 1, 2));
        // As a run does that vanishes after its first feature.
        Assert.Equal(1, await _country.Journal.BeginRun("imp-1"));
        var request = new Request("imp-1.1.0.1", SmallCountry.Applicant("a"), new RequestKey("key-0", "print"));
        Assert.Null((await _country.Actors.LicenseBlock("lb-0").Carry(request, Application(cells))).Refusal);

        var report = await Ended("imp-1");

        Assert.Equal((ImportState.Done, 2, 2, 2, 1, 0), Figures(report.Progress));
        Assert.Equal(["lb-0", "lb-1"], (await Entries()).Select(entry => entry.Stream.Id));
    }

    [Fact]
    public async Task What_is_registered_under_a_features_key_for_another_request_ends_the_import()
    {
        await _country.Actors.LicenseBlock("lb-0").Carry(
            new Request("request", SmallCountry.Applicant("a"), new RequestKey("key-0", "another print")), Application(_country.Cells(5, 5, 1, 1)));

        var report = await Import(ImportMode.Feature, _country.Cells(0, 0, 1, 2), _country.Cells(-3, 0, 1, 2));

        Assert.Equal((ImportState.Refused, RefusalKind.IdempotencyKeyReused), (report.Progress.State, report.Progress.Why!.Kind));
        Assert.Single(await Entries());
    }

    [Fact]
    public async Task A_file_that_could_not_be_read_is_refused_as_a_whole()
    {
        await Keep("imp-1", ImportMode.Feature, Refusal.Malformed("", "It is cut short."), _country.Cells(0, 0, 1, 2));

        var report = await Ended("imp-1");

        Assert.Equal((ImportState.Refused, "It is cut short."), (report.Progress.State, report.Progress.Why!.Detail));
        Assert.Empty(await Entries());
    }

    [Fact]
    public async Task An_import_that_was_never_accepted_is_not_there()
    {
        Assert.Null(await _country.Actors.Import("imp-nobody").Progress());
        Assert.Null(await _country.Actors.Import("imp-nobody").Report());
    }

    private static (ImportState State, long Total, long Done, long Registered, long Repeated, long Refused) Figures(ImportProgress progress) =>
        (progress.State, progress.Total, progress.Done, progress.Registered, progress.Repeated, progress.Refused);

    private static Apply Application(CellSet cells) =>
        new(LicenseBlockKind.Exploration, new Holder("a", "a", "KZ"), cells, null, ["copper"], QueueIfTaken: false);

    private async Task<List<Entry>> Entries() => await _country.Journal.Read(0).ToListAsync();

    private async Task<ImportReport> Import(ImportMode mode, params CellSet[] grounds)
    {
        await Accept("imp-1", mode, grounds);
        return await Ended("imp-1");
    }

    private Task Accept(string id, ImportMode mode, params CellSet[] grounds) => Keep(id, mode, null, grounds);

    private async Task Keep(string id, ImportMode mode, Refusal? unreadable, params CellSet[] grounds)
    {
        using var parts = new ImportParts();
        for (var i = 0; i < grounds.Length; i++)
            Assert.Null(parts.Add(new ImportItem(i, null, $"lb-{i}", $"key-{i}") { Application = Application(grounds[i]) }));
        var now = _country.Clock.GetUtcNow();
        await _country.Journal.KeepPart("content", 0, parts.Rest()!, now);
        var asked = new AcceptedImport(
            Collection.LicenseBlocks, mode, "none", SmallCountry.Applicant("a"), now, unreadable is null ? grounds.Length : 0, [], unreadable);
        await _country.Journal.Accept(new NewImport(id, "print", "content", asked.ToBytes(), now));
    }

    // Whoever asks for an import sets it going.
    private async Task<ImportReport> Ended(string id)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (await _country.Actors.Import(id).Report() is { } report && report.Progress.State.IsEnded())
                return report;
            await again.WaitForNextTickAsync();
        }
    }
}
