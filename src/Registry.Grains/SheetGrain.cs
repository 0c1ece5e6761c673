using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Grains.Placement;

namespace Registry.Grains;

/// <summary>The grain of one sheet, by <see cref="SheetId.Number"/>. It interleaves at awaits, as its actor does.</summary>
public interface ISheetGrain : ISheet, IGrainWithIntegerKey;

/// <inheritdoc cref="ISheetGrain"/>
/// <remarks>
/// Every few seconds it asks the journal whether another activation has followed it, and retires if so; and whether it is at home, and
/// moves if not: it stays on its silo until the set of silos changes.
/// </remarks>
[Reentrant]
[RendezvousPlacement]
public sealed partial class SheetGrain : Sheet, ISheetGrain, IGrainBase
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(5);

    private readonly RendezvousHome _home;
    private readonly ILogger _log;

    /// <param name="context">The activation.</param>
    /// <param name="ports">The world.</param>
    /// <param name="log">Where faults of ours are told.</param>
    /// <param name="home">Knows on which silo a sheet is at home.</param>
    public SheetGrain(IGrainContext context, ActorPorts ports, ILogger<Sheet> log, RendezvousHome home)
        : base(SheetId.FromNumber((int)context.GrainId.GetIntegerKey()), ports.Regime, ports.Journal, ports.Clock, ports.PastSheets, log)
    {
        GrainContext = context;
        (_home, _log) = (home, log);
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>Loads the sheet in a new epoch.</summary>
    public async Task OnActivateAsync(CancellationToken token)
    {
        await Activate();
        this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(LookPeriod, LookPeriod) { Interleave = true, KeepAlive = true });
    }

    /// <summary>Stops the watch over holds.</summary>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnRetired() => this.DeactivateOnIdle();

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
