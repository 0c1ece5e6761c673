using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class CellAreaTests
{
    [Fact]
    public void Every_vector_has_its_area_to_four_decimals()
    {
        foreach (var vector in CellCodeVector.All)
            Assert.Equal(vector.AreaKm2, CellArea.Km2(Graticule.Minute, vector.Cell), 4);
    }

    [Fact]
    public void All_rows_together_have_the_area_of_the_Earth()
    {
        var total = 0.0;
        for (var row = 0; row < Graticule.Minute.Rows; row++)
            total += CellArea.RowKm2(Graticule.Minute, row) * Graticule.Minute.Columns;
        // The surface of the ellipsoid of WGS 84: 510,065,621.724 km2.
        Assert.Equal(510_065_621.724, total, 3);
    }

    [Fact]
    public void A_set_has_the_area_of_its_cells_together()
    {
        var random = new Random(5);
        for (var i = 0; i < 100; i++)
        {
            var cells = RandomCells.Set(random);
            Assert.Equal(cells.Sum(cell => CellArea.Km2(Graticule.Minute, cell)), CellArea.Km2(Graticule.Minute, cells), 9);
        }

        Assert.Equal(0, CellArea.Km2(Graticule.Minute, CellSet.Empty));
    }

    [Fact]
    public void A_finer_graticule_divides_the_same_ground()
    {
        var fine = new Graticule(150, 225);
        var minute = Graticule.Minute.CellAt(-123, 49.5);
        var row = (int)fine.RowsFromSouthPole(49.5);
        var area = Enumerable.Range(row, 4).Sum(r => CellArea.RowKm2(fine, r)) * 60 / 22.5;
        Assert.Equal(CellArea.Km2(Graticule.Minute, minute), area, 9);
    }
}
