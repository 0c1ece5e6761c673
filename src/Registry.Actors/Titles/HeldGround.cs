using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>The ground that a write concerns.</summary>
/// <param name="Sheets">The sheets that must know of the write, in their order.</param>
/// <param name="Cells">The cells to hold, on those sheets.</param>
/// <param name="Mode">What they are held for.</param>
/// <param name="Moves">As <see cref="HoldRequest.Moves"/>.</param>
public sealed record WriteGround(IReadOnlyList<SheetId> Sheets, CellSet Cells, HoldMode Mode, bool Moves = false);

/// <summary>What the sheets gave for one write: their word, sheet by sheet.</summary>
internal sealed class HeldGround
{
    private readonly Dictionary<SheetId, HoldAnswer> _answers = [];

    /// <summary>The epochs on which an append relies.</summary>
    public IReadOnlyList<SheetEpoch> Epochs => [.. _answers.Select(pair => new SheetEpoch(pair.Key, pair.Value.Epoch))];

    /// <summary>Who stands in line behind the writer.</summary>
    public IEnumerable<NextInLine> Next => _answers.Values.SelectMany(answer => answer.Next);

    /// <summary>The cells that others claim before the writer.</summary>
    public IEnumerable<Conflict> Others => _answers.Values.SelectMany(answer => answer.Others);

    /// <summary>Enters the answer of a sheet, in place of an earlier one.</summary>
    public void Enter(SheetId sheet, HoldAnswer answer) => _answers[sheet] = answer;

    /// <summary>The ground as the law looks at it.</summary>
    public GroundView ToView(bool mayAdvance)
    {
        var others = Others.ToList();
        return others.Count == 0 && mayAdvance ? GroundView.Clear : new GroundView(
            CellSet.Of(others.Where(other => other.Status.IsUndecided()).Select(other => other.Cell)),
            CellSet.Of(others.Where(other => other.Status.IsInForce()).Select(other => other.Cell)),
            mayAdvance);
    }

    /// <summary>Whether every sheet that was asked holds its part.</summary>
    public bool IsHeld => _answers.Values.All(answer => answer.IsHeld);

    /// <summary>Why the ground cannot be had; null when all of it is held.</summary>
    public Refusal? Refusal(Regime regime) => IsHeld ? null : Against(regime, static _ => true);

    /// <summary>Why a part of the ground cannot be had; null when that part could.</summary>
    /// <param name="regime">The law.</param>
    /// <param name="cells">The part.</param>
    public Refusal? Against(Regime regime, CellSet cells)
    {
        var isOfPart = cells.ToHashSet();
        var refusal = Against(regime, isOfPart.Contains);
        return refusal.Kind == RefusalKind.RuleBroken || refusal.Conflicts.Count > 0 ? refusal : null;
    }

    private Refusal Against(Regime regime, Func<Cell, bool> isAsked)
    {
        var restricted = _answers.Values.SelectMany(answer => answer.Restricted).Where(cell => isAsked(cell.Cell)).ToList();
        if (restricted.Count > 0)
            return Core.Refusal.Broken(RestrictedCell.Rules(regime, restricted));

        return new Refusal(RefusalKind.GroundTaken, "Other license blocks claim some of the ground.")
        {
            Conflicts = [.. Others.Where(other => isAsked(other.Cell))],
        };
    }
}
