using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

public sealed class ContiguityTests
{
    private static readonly Graticule _minute = Graticule.Minute;

    [Fact]
    public void A_corner_does_not_connect()
    {
        Assert.False(Contiguity.IsConnected(_minute, RandomCells.Drawn("#.", ".#")));
        Assert.True(Contiguity.IsConnected(_minute, RandomCells.Drawn("#.", "##")));
    }

    [Fact]
    public void Nothing_and_one_cell_are_connected()
    {
        Assert.True(Contiguity.IsConnected(_minute, CellSet.Empty));
        Assert.Empty(Contiguity.Parts(_minute, CellSet.Empty));
        var one = CellSet.Of([new Cell(17)]);
        Assert.True(Contiguity.IsConnected(_minute, one));
        Assert.Equal([one], Contiguity.Parts(_minute, one));
    }

    [Fact]
    public void A_row_does_not_go_on_in_the_next_row_at_its_end()
    {
        var end = _minute.CellOf(100, _minute.Columns - 1);
        Assert.False(Contiguity.IsConnected(_minute, CellSet.Of([end, new Cell(end.Key + 1)])));
    }

    [Fact]
    public void A_ring_around_the_Earth_is_connected_where_it_closes()
    {
        var half = Enumerable.Range(0, 10).Select(c => _minute.CellOf(100, c));
        var otherHalf = Enumerable.Range(0, 10).Select(c => _minute.CellOf(100, _minute.Columns - 1 - c));
        Assert.True(Contiguity.IsConnected(_minute, CellSet.Of([.. half, .. otherHalf])));
        Assert.True(Contiguity.IsConnected(_minute, CellSet.Of(Enumerable.Range(0, _minute.Columns).Select(c => _minute.CellOf(0, c)))));
    }

    [Fact]
    public void Parts_are_those_that_a_walk_from_cell_to_cell_finds()
    {
        var random = new Random(11);
        var several = 0;
        for (var i = 0; i < 1_000; i++)
        {
            var cells = RandomCells.Set(random);
            var walked = Walk(cells);
            Assert.Equal(walked, Contiguity.Parts(_minute, cells));
            Assert.Equal(walked.Count <= 1, Contiguity.IsConnected(_minute, cells));
            several += walked.Count > 1 ? 1 : 0;
        }

        Assert.InRange(several, 100, 900);
    }

    [Fact]
    public void A_spiral_of_many_runs_is_one_part()
    {
        // A comb: every other column full, joined at the bottom; each row has 500 runs that meet only in the southernmost row.
        var comb = CellSet.Of(
            from r in Enumerable.Range(0, 100)
            from c in Enumerable.Range(0, 1_000)
            where c % 2 == 0 || r == 0
            select _minute.CellOf(5_000 + r, 3_000 + c));
        Assert.True(Contiguity.IsConnected(_minute, comb));
        var teeth = comb.Filter(cell => _minute.Row(cell) != 5_000);
        Assert.Equal(500, Contiguity.Parts(_minute, teeth).Count);
    }

    private static List<CellSet> Walk(CellSet cells)
    {
        var left = cells.ToHashSet();
        var parts = new List<CellSet>();
        foreach (var start in cells)
        {
            if (!left.Remove(start))
                continue;
            var part = new List<Cell> { start };
            for (var i = 0; i < part.Count; i++)
                part.AddRange(Neighbours(part[i]).Where(left.Remove));
            parts.Add(CellSet.Of(part));
        }

        return parts;
    }

    private static IEnumerable<Cell> Neighbours(Cell cell)
    {
        var (row, column) = (_minute.Row(cell), _minute.Column(cell));
        yield return _minute.CellOf(row, column == 0 ? _minute.Columns - 1 : column - 1);
        yield return _minute.CellOf(row, column == _minute.Columns - 1 ? 0 : column + 1);
        if (row > 0)
            yield return _minute.CellOf(row - 1, column);
        if (row < _minute.Rows - 1)
            yield return _minute.CellOf(row + 1, column);
    }
}
