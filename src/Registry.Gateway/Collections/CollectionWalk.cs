using System.Runtime.CompilerServices;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Collections;

/// <summary>Every feature that is wanted, sheet by sheet, a few hundred at a time: what is in memory does not grow with the answer.</summary>
/// <param name="actors">How to reach the sheets.</param>
/// <param name="plan">Which sheets a rectangle touches.</param>
public sealed class CollectionWalk(IActors actors, SheetPlan plan)
{
    private const int AskedAtOnce = 512;

    /// <summary>Reads the features; while one group is taken, the next is asked for.</summary>
    /// <remarks>
    /// Each group is as its sheet stood at one instant, and all of them go by the sheets that objects lay on when the walk began: nothing
    /// that stood throughout is left out or given twice.
    /// </remarks>
    /// <param name="selection">Which features.</param>
    /// <param name="stop">Ends the walk.</param>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async IAsyncEnumerable<IReadOnlyList<byte[]>> Read(FeatureSelection selection, [EnumeratorCancellation] CancellationToken stop)
    {
        var sheets = plan.Touched(selection.Box);
        if (sheets.Length == 0)
            yield break;
        // The past does not change; of the present, it is asked which it is.
        var layout = selection.AsAt ?? await SheetLayouts.Now(actors, sheets, selection.Ask(0, 0));
        var next = 0;
        Task<SheetPage>? asked = null;
        while (asked is not null || next < sheets.Length)
        {
            stop.ThrowIfCancellationRequested();
            var page = (await (asked ?? Ask(sheets[next], 0))).Affordable();
            selection.Budget?.Spend(page.Work);
            if (!page.HasMore)
                next++;
            asked = next == sheets.Length ? null : Ask(sheets[next], page.HasMore ? page.Last : 0);
            yield return page.Features;
        }

        Task<SheetPage> Ask(SheetId sheet, long after) => actors.Sheet(sheet).QueryBy(selection.Ask(after, AskedAtOnce) with { IsCounted = false }, layout);
    }
}
