using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class GraticuleTests
{
    private static readonly Graticule _minute = Graticule.Minute;

    [Fact]
    public void A_key_counts_rows_and_columns_of_minutes() =>
        Assert.Equal(((2977u + 5400) * 21600) + 4731 + 10800, _minute.CellAt(78.86, 49.63).Key);

    [Fact]
    public void A_cell_holds_its_south_and_west_edges_only()
    {
        for (var row = 0; row < _minute.Rows; row++)
        {
            Assert.Equal(row, _minute.Row(_minute.CellAt(70, _minute.Latitude(row))));
            Assert.Equal(row, _minute.Row(_minute.CellAt(70, _minute.Latitude(row + 1) - 1e-12)));
        }

        for (var column = 0; column < _minute.Columns; column++)
        {
            Assert.Equal(column, _minute.Column(_minute.CellAt(_minute.Longitude(column), 50)));
            Assert.Equal(column, _minute.Column(_minute.CellAt(_minute.Longitude(column + 1) - 1e-12, 50)));
        }
    }

    [Theory]
    [InlineData(78, 50, "M-43", "M-44")] // Across a zone.
    [InlineData(180, 50, "M-60", "M-1")] // Around the Earth.
    [InlineData(126, -18, "SE51", "SE52")]
    public void Neighbours_across_a_meridian_lie_on_neighbouring_sheets(double longitude, double latitude, string west, string east)
    {
        var westCell = _minute.CellAt(longitude - 0.001, latitude);
        var eastCell = _minute.CellAt(longitude, latitude);
        Assert.Equal(west, _minute.SheetOf(westCell).ToString());
        Assert.Equal(east, _minute.SheetOf(eastCell).ToString());
        Assert.True(Contiguity.IsConnected(_minute, CellSet.Of([westCell, eastCell])));
    }

    [Theory]
    [InlineData(70, 48, "L-42", "M-42")] // Across a row of sheets.
    [InlineData(70, 0, "SA42", "A-42")] // Across the equator.
    [InlineData(122, -20, "SF51", "SE51")]
    public void Neighbours_across_a_parallel_lie_on_neighbouring_sheets(double longitude, double latitude, string south, string north)
    {
        var southCell = _minute.CellAt(longitude, latitude - 0.001);
        var northCell = _minute.CellAt(longitude, latitude);
        Assert.Equal(south, _minute.SheetOf(southCell).ToString());
        Assert.Equal(north, _minute.SheetOf(northCell).ToString());
        Assert.True(Contiguity.IsConnected(_minute, CellSet.Of([southCell, northCell])));
    }

    [Fact]
    public void A_cell_is_found_again_by_its_sheet_and_its_place_there()
    {
        var random = new Random(3);
        for (var i = 0; i < 10_000; i++)
        {
            var cell = new Cell((uint)random.NextInt64((long)_minute.Rows * _minute.Columns));
            Assert.Equal(cell, _minute.CellOf(_minute.SheetOf(cell), _minute.IndexInSheet(cell)));
        }
    }

    [Fact]
    public void A_finer_graticule_is_another_instance()
    {
        // British Columbia: 15 by 22.5 seconds.
        var fine = new Graticule(150, 225);
        Assert.Equal((43_200, 57_600), (fine.Rows, fine.Columns));
        var cell = fine.CellAt(-123.1, 49.3);
        Assert.Equal(cell, fine.CellOf(fine.SheetOf(cell), fine.IndexInSheet(cell)));
        Assert.Equal("M-10", fine.SheetOf(cell).ToString());
    }
}
