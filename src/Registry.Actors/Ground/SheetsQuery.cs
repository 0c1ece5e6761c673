using Registry.Core.Ground;

namespace Registry.Actors.Ground;

/// <summary>Asks several sheets for objects, each for a page of its own.</summary>
/// <param name="Question">What every sheet is asked, but for where its page begins and how long it may be.</param>
/// <param name="Parts">The pages.</param>
public sealed record SheetsQuery(SheetQuery Question, IReadOnlyList<SheetPart> Parts)
{
    private const int MostAsked = 32;

    /// <summary>The question to one of the sheets.</summary>
    public SheetQuery Of(SheetPart part) => Question with { After = part.After, Limit = part.Limit };

    /// <summary>Asks sheet by sheet, with a bound on how many questions are open.</summary>
    /// <param name="actors">How to reach them.</param>
    /// <returns>The pages, in the order of the parts.</returns>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<IReadOnlyList<SheetPage>> AskEach(IActors actors)
    {
        var pages = new SheetPage[Parts.Count];
        var open = new Task<SheetPage>[Math.Min(MostAsked, Parts.Count)];
        for (var i = 0; i < Parts.Count + open.Length; i++)
        {
            if (i >= open.Length)
                pages[i - open.Length] = await open[i % open.Length];
            if (i < Parts.Count)
                open[i % open.Length] = actors.Sheet(Parts[i].Sheet).Query(Of(Parts[i]));
        }

        return pages;
    }
}

/// <summary>The page that is wanted of one sheet.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="After">As <see cref="SheetQuery.After"/>.</param>
/// <param name="Limit">As <see cref="SheetQuery.Limit"/>.</param>
public readonly record struct SheetPart(SheetId Sheet, long After, int Limit);
