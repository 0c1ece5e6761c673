using Registry.Core.Ground;

namespace Registry.Actors.Contracts;

/// <summary>Asks several sheets for objects, each for a page of its own.</summary>
/// <param name="Question">What every sheet is asked, but for where its page begins and how long it may be.</param>
/// <param name="Parts">The pages.</param>
public sealed record SheetsQuery(SheetQuery Question, IReadOnlyList<SheetPart> Parts)
{
    private const int MostAsked = 32;

    /// <summary>
    /// How many features are wanted of all parts together, the first in the order of parts; null for all. More may be given, where that
    /// costs less than not to: <see cref="Cut"/> leaves them.
    /// </summary>
    public int? Most { get; init; }

    /// <summary>The question to one of the sheets.</summary>
    public SheetQuery Of(SheetPart part) => Question with { After = part.After, Limit = part.Limit };

    /// <summary>Takes out of pages what is beyond the first so many features of all of them.</summary>
    public static void Cut(Span<SheetPage> pages, int most)
    {
        foreach (ref var page in pages)
        {
            page = page.First(most);
            most -= page.Features.Count;
        }
    }

    /// <summary>Asks sheet by sheet; all at once, with a bound on how many questions are open, unless what one gives bounds the next.</summary>
    /// <param name="actors">How to reach them.</param>
    /// <returns>The pages, in the order of the parts.</returns>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async Task<SheetPage[]> AskEach(IActors actors)
    {
        var pages = new SheetPage[Parts.Count];
        if (Most is { } left)
        {
            for (var i = 0; i < pages.Length; i++)
            {
                pages[i] = await actors.Sheet(Parts[i].Sheet).Query(Of(Parts[i] with { Limit = Math.Min(Parts[i].Limit, left) }));
                left -= pages[i].Features.Count;
            }

            return pages;
        }

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
