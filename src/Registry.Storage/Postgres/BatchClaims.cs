using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Storage.Postgres;

/// <summary>The claims on the cells that a batch names, as they are stored and as the batch leaves them.</summary>
internal sealed class BatchClaims
{
    private readonly Dictionary<Cell, long> _stored = [];
    private readonly Dictionary<Cell, long> _now = [];

    /// <summary>Takes in a claim that is stored.</summary>
    public void Read(Cell cell, long owner)
    {
        _stored.Add(cell, owner);
        _now.Add(cell, owner);
    }

    /// <summary>Who claims the cells that an append names.</summary>
    public Dictionary<Cell, long> OwnersOfCells(Append append)
    {
        var owners = new Dictionary<Cell, long>();
        foreach (var cell in CellsOf(append))
        {
            if (_now.TryGetValue(cell, out var owner))
                owners[cell] = owner;
        }

        return owners;
    }

    /// <summary>Changes the claims on the cells that an append names.</summary>
    /// <param name="append">The append.</param>
    /// <param name="owners">Who claims them from now on; a cell that is not among them falls free.</param>
    public void Change(Append append, Dictionary<Cell, long> owners)
    {
        foreach (var cell in CellsOf(append))
        {
            if (owners.TryGetValue(cell, out var owner))
                _now[cell] = owner;
            else
                _now.Remove(cell);
        }
    }

    /// <summary>Claims that are stored and have ended.</summary>
    public IEnumerable<Cell> Released() => _stored.Keys.Where(cell => !_now.ContainsKey(cell));

    /// <summary>Claims that are stored and belong to another now.</summary>
    public IEnumerable<KeyValuePair<Cell, long>> Passed() =>
        _now.Where(claim => _stored.TryGetValue(claim.Key, out var before) && before != claim.Value);

    /// <summary>Claims that are not stored.</summary>
    public IEnumerable<KeyValuePair<Cell, long>> Claimed() => _now.Where(claim => !_stored.ContainsKey(claim.Key));

    private static IEnumerable<Cell> CellsOf(Append append) => append.Releases.Select(end => end.Cell).Concat(append.Claims);
}
