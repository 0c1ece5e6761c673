using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Storage;

/// <summary>What an append does to the claims on cells, tried on a copy of them before anything is written.</summary>
/// <typeparam name="TOwner">How a journal names objects.</typeparam>
internal static class ClaimTrial<TOwner>
    where TOwner : struct, IEquatable<TOwner>
{
    /// <summary>
    /// Goes through the releases and then the claims, each in turn, so that the outcome does not depend on how a database orders
    /// its writes.
    /// </summary>
    /// <param name="append">The append.</param>
    /// <param name="self">The object that changes.</param>
    /// <param name="owners">Who claims each cell that the append names; changed to what stands after it.</param>
    /// <param name="heir">Finds an object that a claim passes to; throws when it was never registered.</param>
    /// <returns>The first cell that is not as the append expects, and who claims it; null when there is none.</returns>
    public static (Cell Cell, TOwner? Owner)? FirstConflict(
        Append append, TOwner self, Dictionary<Cell, TOwner> owners, Func<StreamId, TOwner> heir)
    {
        foreach (var end in append.Releases)
        {
            if (OwnerOf(end.Cell, owners) is var owner && !self.Equals(owner))
                return (end.Cell, owner);
            if (end.PassesTo is { } next)
                owners[end.Cell] = heir(next);
            else
                owners.Remove(end.Cell);
        }

        foreach (var cell in append.Claims)
        {
            if (OwnerOf(cell, owners) is { } owner)
                return (cell, owner);
            owners.Add(cell, self);
        }

        return null;
    }

    private static TOwner? OwnerOf(Cell cell, Dictionary<Cell, TOwner> owners) =>
        owners.TryGetValue(cell, out var owner) ? owner : null;
}
