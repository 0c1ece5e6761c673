using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Grains.Placement;

namespace Registry.Grains.Sheets;

/// <inheritdoc cref="ISheetGrain"/>
/// <remarks>
/// Every few seconds it asks the journal whether another activation has followed it, and retires if so; and whether it is at home, and
/// moves if not: it stays on its silo until the set of silos changes.
/// </remarks>
[Reentrant]
[RendezvousPlacement]
public sealed partial class SheetGrain : SheetActivation, ISheetGrain, IGrainBase
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(5);

    private readonly SheetId _id;
    private readonly RendezvousHome _home;
    private readonly LocalActors _local;
    private readonly ILogger _log;

    /// <param name="context">The activation.</param>
    /// <param name="ports">The world.</param>
    /// <param name="log">Where faults of ours are told.</param>
    /// <param name="home">Knows on which silo a sheet is at home.</param>
    /// <param name="local">Where who is near finds it.</param>
    public SheetGrain(IGrainContext context, ActorPorts ports, ILogger<Sheet> log, RendezvousHome home, LocalActors local)
        : base(new Sheet(IdOf(context), ports.Regime, ports.Journal, ports.Clock, ports.PastSheets, log))
    {
        GrainContext = context;
        (_id, _home, _local, _log) = (IdOf(context), home, local, log);
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>Loads the sheet in a new epoch.</summary>
    public async Task OnActivateAsync(CancellationToken token)
    {
        await Activate();
        _local.Add(_id, this);
        this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(LookPeriod, LookPeriod) { Interleave = true, KeepAlive = true });
    }

    /// <summary>Stops the watch over holds.</summary>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        _local.Remove(_id, this);
        return Close();
    }

    /// <inheritdoc/>
    protected override void OnRetired() => this.DeactivateOnIdle();

    private static SheetId IdOf(IGrainContext context) => SheetId.FromNumber((int)context.GrainId.GetIntegerKey());

    private async Task Look(CancellationToken token)
    {
        try
        {
            await RetireIfFollowed();
        }
        catch (JournalUnavailableException fault)
        {
            LogUnknown(_log, GrainContext.GrainId, fault.Message);
        }

        if (IsRetired)
            return;
        // A sheet with holds in progress waits for the next look: moving would only make their writers ask again.
        if ((await Figures()).Holds == 0 && !_home.IsHere(GrainContext.GrainId))
            this.MigrateOnIdle();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sheet {Sheet}: whether it was activated anew elsewhere is not known: {Fault}")]
    private static partial void LogUnknown(ILogger log, GrainId sheet, string fault);
}
