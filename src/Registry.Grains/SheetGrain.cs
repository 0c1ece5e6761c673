using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Grains.Placement;

namespace Registry.Grains;

/// <summary>The grain of one sheet, by <see cref="SheetId.Number"/>. It interleaves at awaits, as its actor does.</summary>
public interface ISheetGrain : ISheet, IGrainWithIntegerKey;

/// <inheritdoc cref="ISheetGrain"/>
/// <remarks>A sheet stays on its silo until the silo set changes: every few seconds it asks whether it is at home, and moves if not.</remarks>
[Reentrant]
[RendezvousPlacement]
public sealed class SheetGrain : Sheet, ISheetGrain, IGrainBase
{
    private static readonly TimeSpan HomeCheck = TimeSpan.FromSeconds(5);

    private readonly RendezvousHome _home;

    /// <param name="context">The activation.</param>
    /// <param name="ports">The world.</param>
    /// <param name="log">Where faults of ours are told.</param>
    /// <param name="home">Knows on which silo a sheet is at home.</param>
    public SheetGrain(IGrainContext context, ActorPorts ports, ILogger<Sheet> log, RendezvousHome home)
        : base(SheetId.FromNumber((int)context.GrainId.GetIntegerKey()), ports.Regime, ports.Journal, ports.Clock, log)
    {
        GrainContext = context;
        _home = home;
    }

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>Loads the sheet in a new epoch.</summary>
    public async Task OnActivateAsync(CancellationToken token)
    {
        await Activate();
        this.RegisterGrainTimer(GoHome, new GrainTimerCreationOptions(HomeCheck, HomeCheck) { Interleave = true, KeepAlive = true });
    }

    /// <summary>Stops the watch over holds.</summary>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnRetired() => this.DeactivateOnIdle();

    private async Task GoHome(CancellationToken token)
    {
        if (IsRetired)
            return;
        // A sheet with holds in progress waits for the next look: moving would only make their writers ask again.
        if ((await Figures()).Holds == 0 && !_home.IsHere(GrainContext.GrainId))
            this.MigrateOnIdle();
    }
}
