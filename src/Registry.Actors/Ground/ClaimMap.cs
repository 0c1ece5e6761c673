using Registry.Actors.Ground.Objects;
using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>
/// Who claims each cell of a sheet. The rule is one sentence: of the license blocks that stand, the one filed first claims the
/// cell, and the others stand in line in the order of filing.
/// </summary>
internal sealed class ClaimMap(Graticule graticule, SheetId sheet)
{
    private readonly SheetObject?[] _claimants = new SheetObject?[graticule.CellsPerSheet];
    private readonly Dictionary<int, List<SheetObject>> _queues = [];

    /// <summary>How many cells are claimed.</summary>
    public int ClaimedCells { get; private set; }

    /// <summary>Who claims the cell at a place of the sheet.</summary>
    public SheetObject? ClaimantOf(int index) => _claimants[index];

    /// <summary>Who stands in line for the cell behind its claimant, first filed first.</summary>
    public IReadOnlyList<SheetObject> QueueOf(int index) => _queues.TryGetValue(index, out var queue) ? queue : [];

    /// <summary>Enters the claims of a license block.</summary>
    public void Add(SheetObject title)
    {
        foreach (var cell in title.LicenseBlock!.Claims.AsSpan())
        {
            if (graticule.SheetOf(cell) == sheet)
                Add(graticule.IndexInSheet(cell), title);
        }
    }

    /// <summary>Ends the claims of a license block, as it stood when they were entered; the next in line claims the cell.</summary>
    public void Remove(SheetObject title)
    {
        foreach (var cell in title.LicenseBlock!.Claims.AsSpan())
        {
            if (graticule.SheetOf(cell) == sheet)
                Remove(graticule.IndexInSheet(cell), title);
        }
    }

    private void Add(int index, SheetObject title)
    {
        switch (_claimants[index])
        {
            case null:
                _claimants[index] = title;
                ClaimedCells++;
                break;
            case { } first when title.Order < first.Order:
                _claimants[index] = title;
                Enqueue(index, first);
                break;
            default:
                Enqueue(index, title);
                break;
        }
    }

    private void Enqueue(int index, SheetObject title)
    {
        if (!_queues.TryGetValue(index, out var queue))
            _queues.Add(index, queue = []);
        var place = queue.FindIndex(other => other.Order > title.Order);
        queue.Insert(place < 0 ? queue.Count : place, title);
    }

    private void Remove(int index, SheetObject title)
    {
        if (_queues.TryGetValue(index, out var queue))
        {
            if (_claimants[index] == title)
            {
                _claimants[index] = queue[0];
                queue.RemoveAt(0);
            }
            else
            {
                queue.Remove(title);
            }

            if (queue.Count == 0)
                _queues.Remove(index);
        }
        else if (_claimants[index] == title)
        {
            _claimants[index] = null;
            ClaimedCells--;
        }
    }
}
