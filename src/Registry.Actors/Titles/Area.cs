using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;

namespace Registry.Actors.Titles;

/// <summary>
/// The actor of one restriction area. It takes its turn with the applications over its cells, so that each of them is either
/// before the area or after it.
/// </summary>
/// <param name="id">The area's id.</param>
/// <param name="ports">The world.</param>
public class Area(string id, ActorPorts ports)
    : RegisteredActor<AreaState, AreaEvent, AreaEvent>(
        new StreamId(Collection.Areas, id), ports, CoreJson.Default.AreaState, CoreJson.Default.AreaEvent),
      IArea
{
    /// <inheritdoc/>
    public Task<Answer<AreaState>> Register(Request request, AreaState area) => Write(request, new AreaRegistered(area));

    /// <inheritdoc/>
    protected override Refusal? Check(AreaState? state, AreaEvent command, Caller caller) => (state, command) switch
    {
        _ when caller.Role is not (Role.Registrar or Role.Registry) =>
            new Refusal(RefusalKind.Forbidden, "Only a registrar keeps restriction areas."),
        (not null, _) => new Refusal(RefusalKind.WrongStatus, "An area was registered under this id."),
        (_, AreaRegistered { Area: var area }) when SheetsOf(area).Count == 0 =>
            Refusal.Broken(new BrokenRule(RuleNames.OutsideJurisdiction, "The area lies on no sheet of the jurisdiction.")),
        _ => null,
    };

    /// <inheritdoc/>
    protected override bool Creates(AreaEvent command) => command is AreaRegistered;

    /// <inheritdoc/>
    protected override WriteGround GroundOf(AreaState? state, AreaEvent command)
    {
        var area = After(state, command);
        return new WriteGround(SheetsOf(area), area.Cells, HoldMode.Touch);
    }

    private protected override ValueTask<AreaEvent?> Decide(
        Registered<AreaState>? current, AreaEvent command, HeldGround held, Request request) => new(command);

    /// <inheritdoc/>
    protected override AreaState After(AreaState? state, AreaEvent change) => AreaState.After(state, change);

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetId> SheetsOf(AreaState state) => Ground.Objects.SheetsOf.Area(Regime, state);
}
