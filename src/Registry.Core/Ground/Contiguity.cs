namespace Registry.Core.Ground;

/// <summary>Whether cells hang together. Neighbours share a side; a corner does not count.</summary>
public static class Contiguity
{
    /// <summary>Whether every cell can be reached from every other over sides. The empty set and a single cell hang together.</summary>
    public static bool IsConnected(Graticule graticule, CellSet cells)
    {
        if (cells.Count < 2)
            return true;
        var reached = new HashSet<Cell> { cells[0] };
        var frontier = new Stack<Cell>([cells[0]]);
        while (frontier.TryPop(out var cell))
        {
            var (row, column) = (graticule.Row(cell), graticule.Column(cell));
            foreach (var next in (ReadOnlySpan<Cell>)[
                graticule.CellOf(row, column + 1), graticule.CellOf(row, column - 1),
                graticule.CellOf(row + 1, column), graticule.CellOf(row - 1, column)])
            {
                if (cells.Contains(next) && reached.Add(next))
                    frontier.Push(next);
            }
        }

        return reached.Count == cells.Count;
    }
}
