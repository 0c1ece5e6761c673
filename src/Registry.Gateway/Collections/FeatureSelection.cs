using Registry.Actors.Ground;
using Registry.Actors.Journal;

namespace Registry.Gateway.Collections;

/// <summary>Which features of a collection are wanted: what every sheet is asked, whichever way the answer goes out.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Box">The rectangle that they must touch.</param>
public readonly record struct FeatureSelection(Collection Collection, BoundingBox Box)
{
    /// <summary>The question to one sheet.</summary>
    /// <param name="after">The place after which to go on; 0 to begin.</param>
    /// <param name="limit">The most features to give; 0 to count only.</param>
    public SheetQuery Ask(long after, int limit) => new(Collection, Box, after, limit);
}
