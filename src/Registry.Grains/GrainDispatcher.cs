using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>Carries messages to grains, and tells the caller in the registry's own words when one did not answer.</summary>
/// <param name="grains">Of the silo or of the client.</param>
public sealed class GrainDispatcher(IGrainFactory grains) : IDispatcher
{
    /// <inheritdoc/>
    public Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => Guarded(() => message((TActor)Grain(stream)));

    /// <inheritdoc/>
    public Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message) =>
        Guarded(() => message(grains.GetGrain<ISheetGrain>(sheet.Number)));

    private object Grain(StreamId stream) => stream.Collection switch
    {
        Collection.LicenseBlocks => grains.GetGrain<ILicenseBlockGrain>(stream.Id),
        Collection.Deposits => grains.GetGrain<IDepositGrain>(stream.Id),
        Collection.Areas => grains.GetGrain<IAreaGrain>(stream.Id),
        Collection.Parties => grains.GetGrain<IPartyGrain>(stream.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "Not an object of the registry."),
    };

    private static async Task<TResult> Guarded<TResult>(Func<Task<TResult>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is TimeoutException or Orleans.Runtime.OrleansException)
        {
            throw new ActorUnavailableException("A grain did not answer.", fault);
        }
    }
}
