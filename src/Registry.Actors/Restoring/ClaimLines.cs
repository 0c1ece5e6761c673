using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Actors.Restoring;

/// <summary>Who stands on each cell, in the order of filing: the first claims it, the others are in line.</summary>
internal sealed class ClaimLines
{
    private readonly Dictionary<Cell, List<(long First, StreamId Stream)>> _lines = [];

    /// <summary>Enters a license block.</summary>
    /// <param name="stream">The license block.</param>
    /// <param name="first">The sequence of its first entry.</param>
    /// <param name="cells">The cells.</param>
    public void Enter(StreamId stream, long first, CellSet cells)
    {
        foreach (var cell in cells)
        {
            if (!_lines.TryGetValue(cell, out var line))
                _lines.Add(cell, line = new(1));
            var behind = line.FindIndex(other => other.First > first);
            line.Insert(behind < 0 ? line.Count : behind, (first, stream));
        }
    }

    /// <summary>Takes a license block out of the lines for some cells.</summary>
    public void Leave(StreamId stream, CellSet cells)
    {
        foreach (var cell in cells)
        {
            if (_lines.TryGetValue(cell, out var line) && line.RemoveAll(other => other.Stream == stream) > 0 && line.Count == 0)
                _lines.Remove(cell);
        }
    }

    /// <summary>Who claims a cell; null where nobody does.</summary>
    public StreamId? ClaimantOf(Cell cell) => _lines.TryGetValue(cell, out var line) ? line[0].Stream : null;

    /// <summary>Who is in line behind a license block, on cells that it claims.</summary>
    public IEnumerable<StreamId> Behind(StreamId stream, CellSet cells) => cells
        .SelectMany(cell => _lines.TryGetValue(cell, out var line) && line[0].Stream == stream ? line.Skip(1) : [])
        .Select(other => other.Stream)
        .Distinct();
}
