using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Features;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;

namespace Registry.Actors.Titles;

/// <summary>The actor of one license block. The law is <see cref="LicenseBlockRules"/>; this carries it out.</summary>
/// <param name="id">The license block's id.</param>
/// <param name="ports">The world.</param>
public class LicenseBlock(string id, ActorPorts ports)
    : RegisteredActor<LicenseBlockState, LicenseBlockEvent, LicenseBlockCommand>(
        new StreamId(Collection.LicenseBlocks, id), ports, CoreJson.Default.LicenseBlockState, CoreJson.Default.LicenseBlockEvent),
      ILicenseBlock
{
    private readonly IJournal _journal = ports.Journal;
    private Registered<LicenseBlockState>? _encoded;
    private byte[] _feature = [];
    private volatile Known? _shown;

    /// <inheritdoc/>
    public Task<Answer<LicenseBlockState>> Carry(Request request, LicenseBlockCommand command) => Write(request, command);

    /// <inheritdoc/>
    public async Task<byte[]?> Feature()
    {
        if (await Get() is not { } title)
            return null;
        if (_encoded?.Version != title.Version)
            (_encoded, _feature) = (title, FeatureWriter.Encode(Regime, title, withCells: false));
        _shown = new Known(_feature, KnownSince);
        return _feature;
    }

    /// <summary>
    /// What <see cref="Feature"/> would answer, when that is known without asking anybody; else null. It may be read on any thread: a
    /// change withdraws it before it is acknowledged.
    /// </summary>
    public byte[]? Shown => _shown is { } shown && IsFresh(shown.Since) ? shown.Feature : null;

    private protected override void OnChanged() => _shown = null;

    /// <inheritdoc/>
    protected override Refusal? Check(LicenseBlockState? state, LicenseBlockCommand command, Caller caller) =>
        command is Apply && state is not null
            ? new Refusal(RefusalKind.WrongStatus, "An application was filed under this id.")
            : LicenseBlockRules.Check(Regime, state, command, caller, Today);

    /// <inheritdoc/>
    protected override bool Creates(LicenseBlockCommand command) => command is Apply;

    /// <inheritdoc/>
    protected override WriteGround GroundOf(LicenseBlockState? state, LicenseBlockCommand command)
    {
        var (cells, mode) = command switch
        {
            Apply apply when !apply.Kind.IsExclusive() => (apply.Cells, HoldMode.Share),
            Apply { QueueIfTaken: true } apply => (apply.Cells, HoldMode.ClaimOrQueue),
            Apply apply => (apply.Cells, HoldMode.Claim),
            _ => (state!.Cells, HoldMode.Touch),
        };
        var sheets = cells.Sheets(Regime.Graticule);
        var moves = command switch
        {
            Relinquish relinquish => !sheets.SequenceEqual(cells.Except(relinquish.Cells).Sheets(Regime.Graticule)),
            // What is struck out is known when the ground is held.
            Reconsider => sheets.Length > 1,
            _ => false,
        };
        return new WriteGround(sheets, cells, mode, moves);
    }

    private protected override async ValueTask<LicenseBlockEvent?> Decide(
        Registered<LicenseBlockState>? current, LicenseBlockCommand command, HeldGround held, Request request)
    {
        var mayAdvance = command is not Reconsider || !(await _journal.DeadlinesOf(Stream))
            .Any(deadline => deadline.Kind == DeadlineKind.Reconsider && deadline.At > Now);
        return LicenseBlockRules.Decide(Regime, Stream.Id, current?.State, current?.First, command, held.ToView(mayAdvance), Today);
    }

    /// <inheritdoc/>
    protected override LicenseBlockState After(LicenseBlockState? state, LicenseBlockEvent change) =>
        LicenseBlockState.After(state, change);

    /// <inheritdoc/>
    protected override CellSet ClaimsOf(LicenseBlockState? state) => state?.Claims ?? CellSet.Empty;

    /// <inheritdoc/>
    protected override string? UndecidedOf(LicenseBlockState? state) => state?.Undecided;

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetId> SheetsOf(LicenseBlockState state) => state.Cells.Sheets(Regime.Graticule);

    private protected override IReadOnlyList<Deadline> DeadlinesOf(LicenseBlockEvent change, HeldGround held)
    {
        // Those in line hear of every change before them: the next application is considered so many working days after the
        // notice of a refusal, and cells granted to the earlier one are struck out at once.
        var at = change is Refused ? Regime.NextConsidered(Today) : Now;
        var deadlines = held.Next.Select(line => line.LicenseBlock).Distinct()
            .Select(next => new Deadline(new StreamId(Collection.LicenseBlocks, next), DeadlineKind.Reconsider, at));
        return change is Granted granted
            ? [.. deadlines, new Deadline(Stream, DeadlineKind.Expire, Regime.Calendar.EndOf(granted.ExpiresOn))]
            : [.. deadlines];
    }

    private sealed record Known(byte[] Feature, long Since);
}
