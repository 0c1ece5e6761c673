using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Parties;

namespace Registry.Actors.Titles;

/// <summary>The actor of one party. A party lies on no sheet.</summary>
/// <param name="id">The party's id.</param>
/// <param name="ports">The world.</param>
public class Party(string id, ActorPorts ports)
    : RegisteredActor<PartyState, PartyEvent, PartyEvent>(
        new StreamId(Collection.Parties, id), ports, CoreJson.Default.PartyState, CoreJson.Default.PartyEvent),
      IParty
{
    /// <inheritdoc/>
    public Task<Answer<PartyState>> Register(Request request, PartyState party) => Write(request, new PartyRegistered(party));

    /// <inheritdoc/>
    protected override Refusal? Check(PartyState? state, PartyEvent command, Caller caller) => state switch
    {
        _ when caller.Role is not (Role.Registrar or Role.Registry) =>
            new Refusal(RefusalKind.Forbidden, "Only a registrar registers parties."),
        not null => new Refusal(RefusalKind.WrongStatus, "A party was registered under this id."),
        null => null,
    };

    /// <inheritdoc/>
    protected override bool Creates(PartyEvent command) => command is PartyRegistered;

    /// <inheritdoc/>
    protected override WriteGround GroundOf(PartyState? state, PartyEvent command) => new([], CellSet.Empty, HoldMode.Touch);

    private protected override ValueTask<PartyEvent?> Decide(
        Registered<PartyState>? current, PartyEvent command, HeldGround held, Request request) => new(command);

    /// <inheritdoc/>
    protected override PartyState After(PartyState? state, PartyEvent change) => PartyState.After(state, change);

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetId> SheetsOf(PartyState state) => [];
}
