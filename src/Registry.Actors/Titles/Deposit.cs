using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;

namespace Registry.Actors.Titles;

/// <summary>The actor of one deposit. Its commands are its changes: a deposit competes with nobody for ground.</summary>
/// <param name="id">The deposit's id.</param>
/// <param name="ports">The world.</param>
public class Deposit(string id, ActorPorts ports)
    : RegisteredActor<DepositState, DepositEvent, DepositEvent>(
        new StreamId(Collection.Deposits, id), ports, CoreJson.Default.DepositState, CoreJson.Default.DepositEvent),
      IDeposit
{
    /// <inheritdoc/>
    public Task<Answer<DepositState>> Register(Request request, DepositState deposit) => Write(request, new DepositRegistered(deposit));

    /// <inheritdoc/>
    public Task<Answer<DepositState>> Amend(Request request, DepositState deposit) => Write(request, new DepositAmended(deposit));

    /// <inheritdoc/>
    public Task<Answer<DepositState>> AddEstimate(Request request, Estimate estimate) => Write(request, new EstimateAdded(estimate));

    /// <inheritdoc/>
    protected override Refusal? Check(DepositState? state, DepositEvent command, Caller caller) => (state, command) switch
    {
        _ when caller.Role is not (Role.Registrar or Role.Registry) =>
            new Refusal(RefusalKind.Forbidden, "Only a registrar keeps deposits."),
        (not null, DepositRegistered) => new Refusal(RefusalKind.WrongStatus, "A deposit was registered under this id."),
        (null, not DepositRegistered) => new Refusal(RefusalKind.NotFound, "There is no such deposit."),
        (_, DepositRegistered registered) => CheckPlace(registered.Deposit),
        (_, DepositAmended amended) => CheckPlace(amended.Deposit),
        _ => null,
    };

    /// <inheritdoc/>
    protected override bool Creates(DepositEvent command) => command is DepositRegistered;

    /// <inheritdoc/>
    protected override WriteGround GroundOf(DepositState? state, DepositEvent command)
    {
        var sheets = SheetsOf(After(state, command));
        if (state is null)
            return new WriteGround(sheets, CellSet.Empty, HoldMode.Touch);
        var before = SheetsOf(state);
        return new WriteGround([.. before.Union(sheets).Order()], CellSet.Empty, HoldMode.Touch, Moves: !before.SequenceEqual(sheets));
    }

    private protected override ValueTask<DepositEvent?> Decide(
        Registered<DepositState>? current, DepositEvent command, HeldGround held, Request request) => new(command);

    /// <inheritdoc/>
    protected override DepositState After(DepositState? state, DepositEvent change) => DepositState.After(state, change);

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetId> SheetsOf(DepositState state) => Ground.Objects.SheetsOf.Deposit(Regime, state);

    private Refusal? CheckPlace(DepositState deposit) => SheetsOf(deposit).Count > 0 ? null
        : Refusal.Broken(new BrokenRule(RuleNames.OutsideJurisdiction, "The deposit lies on no sheet of the jurisdiction."));
}
