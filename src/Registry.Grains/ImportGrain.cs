using Microsoft.Extensions.Logging;
using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Imports;

namespace Registry.Grains;

/// <summary>The grain of one import.</summary>
public interface IImportGrain : IImport, IGrainWithStringKey;

/// <inheritdoc cref="IImportGrain"/>
/// <remarks>It stays while the import is under way, which Orleans would not know: nobody waits for an import.</remarks>
public sealed class ImportGrain(IGrainContext context, ActorPorts ports, ILogger<Import> log)
    : Import(context.GrainId.Key.ToString()!, ports, log), IImportGrain, IGrainBase
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <summary>Begins to look, now and then, whether the import is under way.</summary>
    public Task OnActivateAsync(CancellationToken token)
    {
        this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(LookPeriod, LookPeriod) { KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <summary>Leaves the import for another silo.</summary>
    public async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        await Stop().WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Dispose();
    }

    private Task Look(CancellationToken token)
    {
        if (!IsUnderWay)
            this.DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
