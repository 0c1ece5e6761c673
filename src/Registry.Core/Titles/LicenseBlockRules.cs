using System.Globalization;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Core.Titles;

/// <summary>
/// What the sheets say of the ground of a license block, held for it while it decides.
/// </summary>
/// <param name="BehindUndecided">Cells that an earlier application, not decided yet, claims.</param>
/// <param name="BehindGranted">Cells that a title in force claims.</param>
/// <param name="MayAdvance">Whether the wait after the last refusal before this application is over.</param>
public sealed record GroundView(CellSet BehindUndecided, CellSet BehindGranted, bool MayAdvance = true)
{
    /// <summary>Ground on which nothing stands before the license block.</summary>
    public static GroundView Clear { get; } = new(CellSet.Empty, CellSet.Empty);
}

/// <summary>
/// The law of license blocks as pure functions: first whether a command is admissible, then, with the ground held, what happens.
/// </summary>
/// <remarks>Articles are those of Kazakhstan's Code on Subsoil and Subsoil Use of 2017; the numbers stand in the <see cref="Regime"/>.</remarks>
public static class LicenseBlockRules
{
    /// <summary>Why a command cannot be carried out, as far as the license block alone can tell; null when it can.</summary>
    /// <param name="regime">The law.</param>
    /// <param name="state">The license block; null when nothing was filed under its id.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="today">The date, in the regime's time zone.</param>
    public static Refusal? Check(Regime regime, LicenseBlockState? state, LicenseBlockCommand command, Caller caller, DateOnly today)
    {
        if (command is Apply apply)
            return CheckCaller(caller, apply.Holder.Id, holderActs: true) ?? CheckGround(regime, apply.Cells, overCells: apply.Polygon is null);
        if (state is null)
            return new Refusal(RefusalKind.NotFound, "There is no such license block.");
        return CheckCaller(caller, state.Holder.Id, holderActs: command is Withdraw or Relinquish or Surrender)
            ?? CheckStatus(state, command)
            ?? CheckCommand(state, command, today);
    }

    /// <summary>What happens to a license block whose command <see cref="Check"/> admitted.</summary>
    /// <param name="regime">The law.</param>
    /// <param name="id">The license block's id.</param>
    /// <param name="state">The license block; null before its application.</param>
    /// <param name="filing">Its place in the order of filing; null before its application.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="ground">What the sheets say of its ground.</param>
    /// <param name="today">The date, in the regime's time zone.</param>
    /// <returns>The change; null when there is nothing to change.</returns>
    public static LicenseBlockEvent? Decide(
        Regime regime, string id, LicenseBlockState? state, Stamp? filing, LicenseBlockCommand command, GroundView ground, DateOnly today) =>
        command switch
        {
            Apply a => new Applied(id, a.Kind, a.Holder, a.Cells, a.Polygon, a.Commodities, ground.BehindUndecided.Count > 0),
            Grant => GrantOf(regime, state!, filing!.Value, today),
            Refuse r => new Refused(r.Reason),
            Withdraw => new Withdrawn(),
            Relinquish r => new Relinquished(r.Cells),
            Surrender => new Surrendered(),
            Expire => new Expired(),
            Reconsider => ReconsiderationOf(state!, ground),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a license block."),
        };

    private static Refusal? CheckCaller(Caller caller, string holder, bool holderActs) => caller.Role switch
    {
        Role.Registry => null,
        Role.Registrar => null,
        Role.Applicant when !holderActs => new Refusal(RefusalKind.Forbidden, "Only a registrar decides."),
        Role.Applicant when caller.Party != holder => new Refusal(RefusalKind.Forbidden, "The license block is another party's."),
        Role.Applicant => null,
        _ => new Refusal(RefusalKind.Forbidden, "An operator does not act on license blocks."),
    };

    /// <summary>Which rules an application over a ground breaks, whoever files it and whoever claims the ground; null when none.</summary>
    /// <param name="regime">The law.</param>
    /// <param name="cells">The ground, or the cells that the polygon touches.</param>
    /// <param name="overCells">Whether the cells are the ground itself, and not a polygon.</param>
    public static Refusal? CheckGround(Regime regime, CellSet cells, bool overCells)
    {
        if (cells.Count == 0)
            return Refusal.Broken(new BrokenRule(RuleNames.NoCells, "The ground covers no whole cell."));
        var broken = new List<BrokenRule>();
        if (overCells && cells.Count > regime.MostCells)
        {
            broken.Add(new BrokenRule(RuleNames.TooManyCells, string.Create(CultureInfo.InvariantCulture,
                $"{cells.Count} cells; a title has at most {regime.MostCells} (Art. 187(2)).")));
        }

        // Art. 19 asks that each cell share a side with another of the same area; that the whole hang together is the usual reading.
        if (overCells && regime.MustBeConnected && !Contiguity.IsConnected(regime.Graticule, cells))
            broken.Add(new BrokenRule(RuleNames.NotContiguous, "The cells do not hang together by their sides; corners do not count (Art. 19)."));
        var outside = cells.Filter(cell => !regime.Jurisdiction.Contains(cell));
        if (outside.Count > 0)
        {
            broken.Add(new BrokenRule(RuleNames.OutsideJurisdiction, string.Create(CultureInfo.InvariantCulture,
                $"{outside.Count} cells lie outside the jurisdiction: {CellNames.NameSome(regime, outside)}.")));
        }

        return broken.Count == 0 ? null : Refusal.Broken(broken);
    }

    /// <summary>How many undecided applications a party may have by what a caller files; null for any number.</summary>
    /// <remarks>Registrars answer for what they enter, and enter it in bulk: only what applicants file themselves is refused.</remarks>
    public static int? MostUndecided(Regime regime, Caller caller) => caller.Role == Role.Applicant ? regime.MostUndecided : null;

    /// <summary>The refusal of an application of a party that has as many undecided ones as it may.</summary>
    public static Refusal TooManyUndecided(Regime regime) => Refusal.Broken(new BrokenRule(RuleNames.TooManyUndecided, string.Create(
        CultureInfo.InvariantCulture,
        $"The party has {regime.MostUndecided} undecided applications, the most that it may have; one of them has to be decided or withdrawn first.")));

    private static Refusal? CheckStatus(LicenseBlockState state, LicenseBlockCommand command)
    {
        var admitted = command switch
        {
            Grant => state.Status == LicenseBlockStatus.Applied,
            Refuse or Withdraw => state.Status.IsUndecided(),
            Relinquish or Surrender or Expire => state.Status.IsInForce(),
            Reconsider => state.Status == LicenseBlockStatus.Queued,
            _ => false,
        };
        return admitted ? null : new Refusal(RefusalKind.WrongStatus,
            $"The license block is {state.Status.ToString().ToLowerInvariant()}; {command.GetType().Name.ToLowerInvariant()} does not apply.");
    }

    private static Refusal? CheckCommand(LicenseBlockState state, LicenseBlockCommand command, DateOnly today)
    {
        switch (command)
        {
            case Relinquish { Cells.Count: 0 }:
                return Refusal.Broken(new BrokenRule(RuleNames.NoCells, "No cells to give up are named."));
            case Relinquish when state.Polygon is not null:
                return Refusal.Broken(new BrokenRule(RuleNames.NotByCells, "The ground is a polygon and is not given up by the cell."));
            case Relinquish r when !state.Cells.ContainsAll(r.Cells):
                return Refusal.Broken(new BrokenRule(RuleNames.NotHeld, "Some of the cells are not part of the license block."));
            case Relinquish r when r.Cells.Count == state.Cells.Count:
                return Refusal.Broken(new BrokenRule(RuleNames.WholeGround, "To give up all of the ground is to surrender the title."));
            case Expire when today <= state.ExpiresOn:
                return new Refusal(RefusalKind.WrongStatus, "The term is not over.");
            default:
                return null;
        }
    }

    private static Granted GrantOf(Regime regime, LicenseBlockState state, Stamp filing, DateOnly today)
    {
        // The number follows the order of filing, so that two grants never ask for one counter.
        var number = string.Create(CultureInfo.InvariantCulture, $"{filing.Sequence}-{Prefix(state.Kind)}");
        // A term of six years from 14 May ends with 13 May.
        return new Granted(number, today, today.AddYears(regime.TermYears[state.Kind]).AddDays(-1));
    }

    private static string Prefix(LicenseBlockKind kind) => kind switch
    {
        LicenseBlockKind.Exploration => "EL",
        LicenseBlockKind.Mining => "ML",
        LicenseBlockKind.Contract => "C",
        LicenseBlockKind.GeologicalStudy => "GS",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of license block."),
    };

    // Priority by the time of receipt: the next application is considered after the earlier one was refused; if that one is granted, the shared
    // cells are struck out of the later one.
    private static LicenseBlockEvent? ReconsiderationOf(LicenseBlockState state, GroundView ground)
    {
        var left = state.Cells.Count - ground.BehindGranted.Count;
        if (left == 0)
            return new Refused("All of the ground was granted to earlier applications.");
        var queued = ground.BehindUndecided.Count > 0 || !ground.MayAdvance;
        return queued && ground.BehindGranted.Count == 0 ? null : new Reconsidered(ground.BehindGranted, queued);
    }
}
