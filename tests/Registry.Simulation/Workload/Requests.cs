using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Simulation.Running;

namespace Registry.Simulation.Workload;

/// <summary>What the clients of a run ask for, by the seed's choice, and what they have asked for so far.</summary>
internal sealed class Requests(Choices choices, IActors actors)
{
    private static readonly Caller s_registrar = new("registrar", Role.Registrar);

    private readonly bool _isRush = choices.Below(3) == 0;
    private readonly List<Operation> _made = [];
    private readonly List<(string Id, string Party, CellSet Cells)> _filed = [];
    private readonly List<DepositState> _deposits = [];
    private readonly Dictionary<StreamId, long> _versions = [];

    /// <summary>Whether this run is a rush: everybody wants the ground around the corner, and wants it now.</summary>
    public bool IsRush => _isRush;

    /// <summary>Every operation so far.</summary>
    public IReadOnlyList<Operation> Made => _made;

    /// <summary>The next operation of a client.</summary>
    public Operation Next(string client, string id)
    {
        var operation = (_filed.Count < (_isRush ? 12 : 2) ? 0 : choices.Below(100)) switch
        {
            < 45 => Apply(client, id),
            < 55 => Decide(id, new Grant()),
            < 63 => Decide(id, new Refuse("The seed refuses.")),
            < 73 => Give(id, _ => new Withdraw()),
            < 81 => Give(id, cells => new Relinquish(cells.Filter(_ => choices.Below(3) == 0))),
            < 86 => Give(id, _ => new Surrender()),
            < 90 => RestrictGround(id),
            _ => KeepDeposit(id),
        };
        if (choices.Below(12) == 0 && _versions.TryGetValue(operation.Stream, out var version))
            operation = operation with { IfVersion = version };
        if (choices.Below(10) == 0)
            operation = operation with { HasKey = false };
        _made.Add(operation);
        return operation;
    }

    /// <summary>A client was told something; clients decide later on what they heard.</summary>
    public void Heard(Operation operation, Outcome outcome)
    {
        if (outcome.Refusal is null)
            _versions[operation.Stream] = outcome.Version;
    }

    /// <summary>A license block was registered by an import; clients decide on it as on any other.</summary>
    public void Filed(string id, string party, CellSet cells) => _filed.Add((id, party, cells));

    private Operation Apply(string client, string id)
    {
        var (block, cells) = ($"lb-{id}", Country.Ground(choices, Country.Regime.MostCells, _isRush));
        _filed.Add((block, client, cells));
        var command = new Apply(
            LicenseBlockKind.Exploration, new Holder(client, client, "KZ"), cells, null, ["gold"], QueueIfTaken: choices.Below(2) == 0);
        return Carry(id, block, new Caller(id, Role.Applicant, client), command, $"apply{(command.QueueIfTaken ? " or queue" : "")} for {string.Join(' ', cells)}");
    }

    private Operation Decide(string id, LicenseBlockCommand command) =>
        Carry(id, Recent().Id, s_registrar with { Name = id }, command, command.GetType().Name);

    private Operation Give(string id, Func<CellSet, LicenseBlockCommand> command)
    {
        var (block, party, cells) = Recent();
        var asked = command(cells);
        return Carry(id, block, new Caller(id, Role.Applicant, party), asked,
            asked is Relinquish { Cells: var given } ? $"relinquish {string.Join(' ', given)}" : asked.GetType().Name);
    }

    // Mostly what was filed lately: what was filed long ago is mostly decided.
    private (string Id, string Party, CellSet Cells) Recent() =>
        choices.Below(3) == 0 ? choices.Of(_filed) : _filed[^(1 + choices.Below(Math.Min(8, _filed.Count)))];

    private Operation Carry(string id, string block, Caller caller, LicenseBlockCommand command, string what) => new(
        id, what, new StreamId(Collection.LicenseBlocks, block), caller,
        async request => Outcome.Of(await actors.LicenseBlock(block).Carry(request, command), CoreJson.Default.LicenseBlockState));

    private Operation RestrictGround(string id)
    {
        var cells = Country.Ground(choices, 3, _isRush);
        var (longitude, latitude) = Country.MiddleOf(cells[0]);
        var area = new AreaState
        {
            Id = $"area-{id}",
            Name = id,
            Effect = choices.Below(4) == 0 ? RestrictionEffect.Consent : RestrictionEffect.Exclude,
            Geometry = SquareAround(longitude, latitude, choices.Below(2) == 0 ? 0.1 : 0.4),
            LegalBasis = "The seed's.",
            Cells = cells,
        };
        return new Operation(id, $"restrict {string.Join(' ', cells)}", new StreamId(Collection.Areas, area.Id), s_registrar with { Name = id },
            async request => Outcome.Of(await actors.Area(area.Id).Register(request, area), CoreJson.Default.AreaState));
    }

    private Operation KeepDeposit(string id)
    {
        var caller = s_registrar with { Name = id };
        var (longitude, latitude) = Country.MiddleOf(choices.Of(Country.Cells));
        Geometry place = choices.Below(3) == 0 ? SquareAround(longitude, latitude, 0.6) : new Point(longitude, latitude);
        var kind = _deposits.Count == 0 ? 0 : choices.Below(3);
        var deposit = kind == 0
            ? new DepositState { Id = $"d-{id}", Name = id, Status = DepositStatus.Prospect, Geometry = place, Commodities = ["copper"] }
            : choices.Of(_deposits);
        var stream = new StreamId(Collection.Deposits, deposit.Id);
        switch (kind)
        {
            case 0:
                _deposits.Add(deposit);
                return new Operation(id, "register", stream, caller,
                    async request => Outcome.Of(await actors.Deposit(deposit.Id).Register(request, deposit), CoreJson.Default.DepositState));
            case 1:
                var moved = deposit with { Geometry = place, Name = id };
                return new Operation(id, "move", stream, caller,
                    async request => Outcome.Of(await actors.Deposit(deposit.Id).Amend(request, moved), CoreJson.Default.DepositState));
            default:
                var estimate = new Estimate("KAZRC", "inferred", 1.5m, "Mt", [], null, new DateOnly(2026, 1, 1), null, id);
                return new Operation(id, "add an estimate", stream, caller,
                    async request => Outcome.Of(await actors.Deposit(deposit.Id).AddEstimate(request, estimate), CoreJson.Default.DepositState));
        }
    }

    private static Geometry SquareAround(double longitude, double latitude, double width) =>
        GeometryFactory.Default.ToGeometry(new Envelope(
            longitude - (width / 2), longitude + (width / 2), latitude - (width / 2), latitude + (width / 2)));
}
