using Registry.Core.Ground;

namespace Registry.Core.Tests.Ground;

/// <summary>Sets of cells of many shapes, from a seed: dense ones have holes, sparse ones have parts, both touch in corners.</summary>
internal static class RandomCells
{
    public static CellSet Set(Random random)
    {
        var height = random.Next(1, 13);
        var width = random.Next(1, 13);
        var density = random.NextDouble();
        var row = random.Next(Graticule.Minute.Rows - height);
        var column = random.Next(Graticule.Minute.Columns - width);
        return CellSet.Of(
            from r in Enumerable.Range(row, height)
            from c in Enumerable.Range(column, width)
            where random.NextDouble() < density
            select Graticule.Minute.CellOf(r, c));
    }

    /// <summary>A set drawn by its rows, the northernmost first; '#' is a cell. Its south-west corner is at 50 N, 70 E.</summary>
    public static CellSet Drawn(params string[] rows)
    {
        var south = (int)Graticule.Minute.RowsFromSouthPole(50);
        var west = (int)Graticule.Minute.ColumnsFromAntimeridian(70);
        return CellSet.Of(
            from r in Enumerable.Range(0, rows.Length)
            from c in Enumerable.Range(0, rows[r].Length)
            where rows[r][c] == '#'
            select Graticule.Minute.CellOf(south + rows.Length - 1 - r, west + c));
    }
}
