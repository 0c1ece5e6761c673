using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core.Deposits;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Titles;

namespace Registry.Actors.Tests.Ground;

/// <summary>A sheet tells with its answers since when its objects are those that it has: who asks several sheets needs it.</summary>
public sealed class SheetLayoutTests : IAsyncLifetime
{
    private SmallCountry _country = null!;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(InProcessHost.Start);

    public async Task DisposeAsync() => await _country.DisposeAsync();

    [Fact]
    public async Task What_is_filed_granted_and_ends_moves_nothing()
    {
        await _country.Apply("lb-1", "a", _country.Cells(-1, 0, 2, 1));
        await _country.Decide("lb-1", new Grant());
        await _country.Actors.LicenseBlock("lb-1").Carry(_country.By(SmallCountry.Applicant("a")), new Surrender());

        foreach (var sheet in _country.Cells(-1, 0, 2, 1).Select(_country.Regime.Graticule.SheetOf))
            Assert.Equal(new SheetLayout(3, 0), await LayoutOf(sheet));
    }

    [Fact]
    public async Task A_title_that_leaves_one_of_its_sheets_has_moved_on_each_of_them()
    {
        var elsewhere = _country.Regime.Graticule.SheetOf(_country.Cells(-1, -1, 1, 1)[0]);
        await LayoutOf(elsewhere);
        var cells = _country.Cells(-1, 0, 2, 1);
        await _country.Apply("lb-1", "a", cells);
        await _country.Decide("lb-1", new Grant());
        await _country.Actors.LicenseBlock("lb-1").Carry(
            _country.By(SmallCountry.Applicant("a")), new Relinquish(CellSet.Of(cells.Take(1))));

        foreach (var sheet in cells.Select(_country.Regime.Graticule.SheetOf))
            Assert.Equal(new SheetLayout(3, 3), await LayoutOf(sheet));
        Assert.Equal(new SheetLayout(0, 0), await LayoutOf(elsewhere));
    }

    [Fact]
    public async Task A_deposit_that_is_moved_has_moved_where_it_was_and_where_it_is()
    {
        await _country.Actors.Deposit("d").Register(_country.By(SmallCountry.Registrar), Deposit(-0.05, -0.05));
        await _country.Actors.Deposit("d").Amend(_country.By(SmallCountry.Registrar), Deposit(-0.06, -0.06));
        Assert.Equal(new SheetLayout(2, 0), await LayoutOf(SheetAt(-0.05, -0.05)));

        await _country.Actors.Deposit("d").Amend(_country.By(SmallCountry.Registrar), Deposit(0.05, 0.05));
        Assert.Equal(new SheetLayout(3, 3), await LayoutOf(SheetAt(-0.05, -0.05)));
        Assert.Equal(new SheetLayout(3, 3), await LayoutOf(SheetAt(0.05, 0.05)));
    }

    [Fact]
    public async Task While_a_move_is_on_its_way_it_is_not_known_since_when_the_objects_are_those()
    {
        var sheet = _country.Regime.Graticule.SheetOf(_country.Cells(0, 0, 1, 1)[0]);
        var stream = new StreamId(Collection.Deposits, "d");
        await _country.Actors.Sheet(sheet).Hold(new HoldRequest("a", stream, CellSet.Empty, HoldMode.Touch));
        Assert.Equal(0, (await LayoutOf(sheet)).Moved);
        // Asked for again, by a writer who knows more by now.
        await _country.Actors.Sheet(sheet).Hold(new HoldRequest("a", stream, CellSet.Empty, HoldMode.Touch, Moves: true));
        await _country.Actors.Sheet(sheet).Hold(new HoldRequest("b", stream, CellSet.Empty, HoldMode.Touch, Moves: true));
        Assert.Equal(SheetLayout.Moving, (await LayoutOf(sheet)).Moved);

        await _country.Actors.Sheet(sheet).Settle(new Settlement("a", stream, null));
        Assert.Equal(SheetLayout.Moving, (await LayoutOf(sheet)).Moved);
        await _country.Actors.Sheet(sheet).Settle(new Settlement("b", stream, null));
        Assert.Equal(0, (await LayoutOf(sheet)).Moved);
    }

    [Fact]
    public async Task A_sheet_that_was_loaded_anew_takes_it_that_something_has_moved()
    {
        await _country.Actors.Deposit("d").Register(_country.By(SmallCountry.Registrar), Deposit(-0.05, -0.05));
        await _country.Actors.Deposit("d").Amend(_country.By(SmallCountry.Registrar), Deposit(0.05, 0.05));
        await _country.Restart();

        Assert.Equal(new SheetLayout(2, 2), await LayoutOf(SheetAt(-0.05, -0.05)));
    }

    private async Task<SheetLayout> LayoutOf(SheetId sheet) =>
        (await _country.Actors.Sheet(sheet).Query(new SheetQuery(Collection.Deposits, BoundingBox.World, 0, 0))).Layout;

    private SheetId SheetAt(double east, double north) => _country.Regime.Graticule.SheetOf(_country.Regime.Graticule.CellAt(72 + east, 48 + north));

    private static DepositState Deposit(double east, double north) => new()
    {
        Id = "d",
        Name = "D",
        Status = DepositStatus.Prospect,
        Geometry = Wgs84.Factory.CreatePoint(new Coordinate(72 + east, 48 + north)),
        Commodities = ["copper"],
    };
}
