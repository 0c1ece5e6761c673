using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Actors.Titles;
using Registry.Core.Ground;
using Registry.Grains.Figures;

namespace Registry.Grains;

/// <summary>Carries messages to grains, and tells the caller in the registry's own words when one did not answer.</summary>
/// <param name="grains">Of the silo or of the client.</param>
/// <param name="local">What is near, on a silo; null on a client.</param>
public sealed class GrainDispatcher(IGrainFactory grains, LocalActors? local) : IDispatcher
{
    /// <inheritdoc/>
    public Task<TResult> ToObject<TActor, TResult>(StreamId stream, Func<TActor, Task<TResult>> message)
        where TActor : class => Guarded(() => message((TActor)Grain(stream)));

    /// <inheritdoc/>
    public Task<TResult> ToSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> message) =>
        Guarded(() => message(grains.GetGrain<ISheetGrain>(sheet.Number)));

    /// <inheritdoc/>
    public Task<TResult> AskSheet<TResult>(SheetId sheet, Func<ISheet, Task<TResult>> question)
    {
        var near = local?.Sheet(sheet);
        QuestionMeter.AskedSheet(near is not null);
        return near is not null ? question(near) : ToSheet(sheet, question);
    }

    /// <inheritdoc/>
    public LicenseBlock? Near(StreamId licenseBlock)
    {
        var near = local?.LicenseBlock(licenseBlock.Id);
        if (near is not null)
            QuestionMeter.AskedLicenseBlockNear();
        return near;
    }

    /// <inheritdoc/>
    public Task<TResult> ToImport<TResult>(string id, Func<IImport, Task<TResult>> question) =>
        Guarded(() => question(grains.GetGrain<IImportGrain>(id)));

    private object Grain(StreamId stream) => stream.Collection switch
    {
        Collection.LicenseBlocks => grains.GetGrain<ILicenseBlockGrain>(stream.Id),
        Collection.Deposits => grains.GetGrain<IDepositGrain>(stream.Id),
        Collection.Areas => grains.GetGrain<IAreaGrain>(stream.Id),
        Collection.Parties => grains.GetGrain<IPartyGrain>(stream.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "Not an object of the registry."),
    };

    /// <summary>Makes a call, and tells that a grain did not answer it.</summary>
    /// <exception cref="ActorUnavailableException">It did not.</exception>
    internal static async Task<TResult> Guarded<TResult>(Func<Task<TResult>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (Unanswered.Is(fault))
        {
            throw new ActorUnavailableException("A grain did not answer.", fault);
        }
    }
}
