using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Features;

/// <summary>The life of a license block over four sheets, whatever hosts the actors.</summary>
public abstract class LicenseBlockContract : IAsyncLifetime
{
    private SmallCountry _country = null!;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(Host);

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    /// <summary>Starts the host under test over the country's journal.</summary>
    protected abstract Task<IActorsHost> Host(SmallCountry country);

    [Fact]
    public async Task Free_ground_over_four_sheets_is_applied_for_and_every_sheet_shows_it()
    {
        var cells = _country.Cells(-2, -2, 4, 4);
        var answer = await _country.Apply("lb-1", "a", cells);
        Assert.Null(answer.Refusal);
        Assert.Equal((LicenseBlockStatus.Applied, 1L, 1L), (answer.Object!.State.Status, answer.Object.Version, answer.Object.First.Sequence));
        foreach (var cell in cells)
            Assert.Equal((CellStatus.Applied, "lb-1"), (await Status(cell), (await _country.Look(cell)).LicenseBlock));
    }

    [Fact]
    public async Task Taken_ground_is_refused_with_every_conflict_and_leaves_nothing_behind()
    {
        await _country.Apply("lb-1", "a", _country.Cells(0, 0, 2, 2));
        var answer = await _country.Apply("lb-2", "b", _country.Cells(0, 1, 2, 3));
        Assert.Equal(RefusalKind.GroundTaken, answer.Refusal!.Kind);
        Assert.Equal(_country.Cells(0, 1, 2, 1), CellSet.Of(answer.Refusal.Conflicts.Select(conflict => conflict.Cell)));
        Assert.All(answer.Refusal.Conflicts, conflict => Assert.Equal(("lb-1", LicenseBlockStatus.Applied), (conflict.LicenseBlock, conflict.Status)));
        Assert.Null(await _country.Actors.LicenseBlock("lb-2").Get());
        Assert.Equal(CellStatus.Free, await Status(_country.Cells(0, 3, 1, 1)[0]));
        Assert.Null((await _country.Apply("lb-2", "b", _country.Cells(0, 2, 2, 2))).Refusal);
    }

    [Fact]
    public async Task Of_many_at_once_for_the_same_ground_one_gets_it_and_the_others_hear_who()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => _country.Apply($"lb-{n}", "a", _country.Cells(-1, -1, 2, 2))));
        var winner = Assert.Single(answers, answer => answer.Refusal is null).Object!.State.Id;
        Assert.All(answers.Where(answer => answer.Refusal is not null), answer =>
            Assert.All(answer.Refusal!.Conflicts, conflict => Assert.Equal(winner, conflict.LicenseBlock)));
        Assert.Equal(4, await _country.Journal.Claims().CountAsync());
    }

    [Fact]
    public async Task A_withdrawn_application_frees_its_ground()
    {
        var cells = _country.Cells(0, 0, 1, 3);
        await _country.Apply("lb-1", "a", cells);
        var answer = await _country.Actors.LicenseBlock("lb-1").Carry(_country.By(SmallCountry.Applicant("a")), new Withdraw());
        Assert.Equal(LicenseBlockStatus.Withdrawn, answer.Object!.State.Status);
        Assert.Equal(CellStatus.Free, await Status(cells[1]));
        Assert.Null((await _country.Apply("lb-2", "b", cells)).Refusal);
    }

    [Fact]
    public async Task A_queued_application_advances_ten_working_days_after_the_refusal_of_the_one_before_it()
    {
        var cells = _country.Cells(0, 0, 1, 3);
        await _country.Apply("lb-1", "a", cells);
        var queued = await _country.Apply("lb-2", "b", cells, queue: true);
        Assert.Equal(LicenseBlockStatus.Queued, queued.Object!.State.Status);
        Assert.Equal(["lb-2"], (await _country.Look(cells[0])).Queue);

        await _country.Decide("lb-1", new Refuse("incomplete"));
        Assert.Equal("lb-2", (await _country.Look(cells[0])).LicenseBlock);
        Assert.Equal(RefusalKind.GroundTaken, (await _country.Apply("lb-3", "c", cells)).Refusal!.Kind);

        // Monday 2 March; ten working days are over with Monday 16 March.
        _country.Clock.MoveBy(TimeSpan.FromDays(14));
        await _country.RunDeadlines();
        Assert.Equal(LicenseBlockStatus.Queued, await StatusOf("lb-2"));
        _country.Clock.MoveBy(TimeSpan.FromDays(1));
        await _country.RunDeadlines();
        Assert.Equal(LicenseBlockStatus.Applied, await StatusOf("lb-2"));
    }

    [Fact]
    public async Task Cells_granted_to_an_earlier_application_are_struck_out_of_those_in_line()
    {
        await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 3));
        await _country.Apply("lb-2", "b", _country.Cells(0, 2, 1, 3), queue: true);
        await _country.Apply("lb-3", "c", _country.Cells(0, 2, 1, 1), queue: true);
        await _country.Decide("lb-1", new Grant());
        await _country.RunDeadlines();
        var second = (await _country.Actors.LicenseBlock("lb-2").Get())!.State;
        Assert.Equal((LicenseBlockStatus.Applied, _country.Cells(0, 3, 1, 2)), (second.Status, second.Cells));
        Assert.Equal(LicenseBlockStatus.Refused, await StatusOf("lb-3"));
        Assert.Equal(CellStatus.Granted, await Status(_country.Cells(0, 2, 1, 1)[0]));
    }

    [Fact]
    public async Task A_title_is_granted_gives_up_cells_and_ends_with_its_term()
    {
        await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 3));
        var granted = (await _country.Decide("lb-1", new Grant())).Object!.State;
        Assert.Equal((new DateOnly(2026, 3, 2), new DateOnly(2032, 3, 1)), (granted.GrantedOn!.Value, granted.ExpiresOn!.Value));
        var relinquished = await _country.Actors.LicenseBlock("lb-1").Carry(
            _country.By(SmallCountry.Applicant("a")), new Relinquish(_country.Cells(0, 2, 1, 1)));
        Assert.Equal(2, relinquished.Object!.State.Cells.Count);
        Assert.Equal(CellStatus.Free, await Status(_country.Cells(0, 2, 1, 1)[0]));

        _country.Clock.MoveBy(new DateTime(2032, 3, 2) - new DateTime(2026, 3, 2));
        await _country.RunDeadlines();
        Assert.Equal(LicenseBlockStatus.Expired, await StatusOf("lb-1"));
        Assert.Equal(CellStatus.Free, await Status(_country.Cells(0, 0, 1, 1)[0]));
    }

    [Fact]
    public async Task Restricted_ground_is_refused_with_the_area_that_excludes_it()
    {
        var cells = _country.Cells(0, 0, 2, 2);
        await _country.Actors.Area("area-1").Register(_country.By(SmallCountry.Registrar), new AreaState
        {
            Id = "area-1",
            Name = "Reserve",
            Effect = RestrictionEffect.Exclude,
            Geometry = BoundingBox.Of(_country.Regime.Graticule, cells).ToPolygon(),
            LegalBasis = "a test",
            Cells = cells,
        });
        Assert.Equal(CellStatus.Restricted, await Status(cells[0]));
        var answer = await _country.Apply("lb-1", "a", _country.Cells(1, 1, 2, 2));
        Assert.Equal("restricted-ground", Assert.Single(answer.Refusal!.Rules).Rule);
    }

    [Fact]
    public async Task Geological_studies_lie_over_titles_and_one_another_and_claim_nothing()
    {
        var cells = _country.Cells(-1, -1, 2, 2);
        await _country.Apply("lb-1", "a", cells);
        foreach (var id in (string[])["lb-2", "lb-3"])
        {
            var answer = await _country.Actors.LicenseBlock(id).Carry(_country.By(SmallCountry.Applicant("b")), new Apply(
                LicenseBlockKind.GeologicalStudy, new Holder("b", "b", "KZ"), cells, null, [], QueueIfTaken: false));
            Assert.Equal(LicenseBlockStatus.Applied, answer.Object!.State.Status);
        }

        Assert.Equal(("lb-1", 0), ((await _country.Look(cells[0])).LicenseBlock, (await _country.Look(cells[0])).Queue.Count));
        Assert.Equal(4, await _country.Journal.Claims().CountAsync());
    }

    [Fact]
    public async Task The_same_key_brings_the_answer_of_its_first_use_even_after_later_changes_and_a_restart()
    {
        var first = await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 2), key: "key");
        await _country.Decide("lb-1", new Grant());
        await _country.Restart();
        var again = await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 2), key: "key");
        Assert.Equal((1, LicenseBlockStatus.Applied), (again.Object!.Version, again.Object.State.Status));
        Assert.Equal(first.Object!.Last, again.Object.Last);
        Assert.Equal((false, true), (first.IsRepeat, again.IsRepeat));
        Assert.Equal(2, (await _country.Actors.LicenseBlock("lb-1").Get())!.Version);
    }

    [Fact]
    public async Task A_change_decided_on_an_older_version_is_refused()
    {
        await _country.Apply("lb-1", "a", _country.Cells(0, 0, 1, 2));
        await _country.Decide("lb-1", new Grant());
        var answer = await _country.Actors.LicenseBlock("lb-1").Carry(_country.By(SmallCountry.Applicant("a"), ifVersion: 1), new Surrender());
        Assert.Equal(RefusalKind.Stale, answer.Refusal!.Kind);
    }

    [Fact]
    public async Task What_the_sheets_show_is_the_same_after_a_restart()
    {
        await _country.Apply("lb-1", "a", _country.Cells(-3, -3, 4, 4));
        await _country.Apply("lb-2", "b", _country.Cells(0, 0, 3, 3), queue: true);
        await _country.Apply("lb-3", "c", _country.Cells(5, 5, 2, 2));
        await _country.Decide("lb-3", new Grant());
        var cells = _country.Cells(-10, -10, 20, 20);
        var before = await LookAll(cells);
        await _country.Restart();
        Assert.Equal(before, await LookAll(cells));
    }

    private async Task<List<string>> LookAll(CellSet cells)
    {
        var views = new List<string>();
        foreach (var cell in cells)
        {
            var view = await _country.Look(cell);
            views.Add($"{cell} {view.Status} {view.LicenseBlock} {view.ClaimantStatus} {string.Join(',', view.Queue)}");
        }

        return views;
    }

    private async Task<CellStatus> Status(Cell cell) => (await _country.Look(cell)).Status;

    private async Task<LicenseBlockStatus> StatusOf(string id) => (await _country.Actors.LicenseBlock(id).Get())!.State.Status;
}
