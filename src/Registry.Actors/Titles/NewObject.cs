using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>An object that is to be registered together with others; the law has nothing against it by itself.</summary>
/// <param name="Stream">Its id, which follows from <paramref name="Key"/>.</param>
/// <param name="Key">The idempotency key of its registration.</param>
/// <param name="By">Who registers it.</param>
/// <param name="Event">Its first change, as UTF-8 JSON.</param>
/// <param name="State">Its state, as UTF-8 JSON.</param>
/// <param name="Ground">The ground that it concerns.</param>
public sealed record NewObject(StreamId Stream, RequestKey Key, Caller By, byte[] Event, byte[] State, WriteGround Ground)
{
    /// <summary>What becomes of the number of undecided applications; null where it stays.</summary>
    public UndecidedChange? Undecided { get; private init; }

    /// <summary>An application that does not stand in line.</summary>
    /// <returns>The object, or why there can be none.</returns>
    public static (NewObject? Object, Refusal? Refusal) Of(Regime regime, string id, RequestKey key, Caller caller, Apply apply, DateOnly today)
    {
        if (LicenseBlockRules.Check(regime, null, apply, caller, today) is { } refusal)
            return (null, refusal);
        if (apply.QueueIfTaken)
            return (null, Refusal.Broken(new BrokenRule(RuleNames.NotTogether, "An application that may stand in line is not registered together with others; file it by itself.")));
        var applied = LicenseBlockRules.Decide(regime, id, null, null, apply, GroundView.Clear, today)!;
        var state = LicenseBlockState.After(null, applied);
        return (new NewObject(
            new StreamId(Collection.LicenseBlocks, id),
            key,
            caller,
            JsonSerializer.SerializeToUtf8Bytes(applied, CoreJson.Default.LicenseBlockEvent),
            JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.LicenseBlockState),
            new WriteGround(apply.Cells.Sheets(regime.Graticule), apply.Cells, apply.Kind.IsExclusive() ? HoldMode.Claim : HoldMode.Share))
        {
            Undecided = UndecidedChange.Of(null, state.Undecided, LicenseBlockRules.MostUndecided(regime, caller)),
        }, null);
    }

    /// <summary>A deposit, which a registrar registers.</summary>
    /// <returns>The object, or why there can be none.</returns>
    public static (NewObject? Object, Refusal? Refusal) Of(Regime regime, RequestKey key, Caller caller, DepositState deposit)
    {
        var sheets = SheetsOf.Deposit(regime, deposit);
        if (sheets.Count == 0)
            return (null, Refusal.Broken(new BrokenRule(RuleNames.OutsideJurisdiction, "The deposit lies on no sheet of the jurisdiction.")));
        return (new NewObject(
            new StreamId(Collection.Deposits, deposit.Id),
            key,
            caller,
            JsonSerializer.SerializeToUtf8Bytes<DepositEvent>(new DepositRegistered(deposit), CoreJson.Default.DepositEvent),
            JsonSerializer.SerializeToUtf8Bytes(deposit, CoreJson.Default.DepositState),
            new WriteGround(sheets, CellSet.Empty, HoldMode.Touch)), null);
    }
}
