using Orleans.Concurrency;
using Registry.Core.Ground;
using Registry.Grains.Placement;

namespace Registry.Grains.Sheets;

/// <inheritdoc cref="ISheetDirectoryGrain"/>
[StatelessWorker]
public sealed class SheetDirectoryGrain(SheetDirectory directory) : Grain, ISheetDirectoryGrain
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<SheetHome>> Find(IReadOnlyList<SheetId> sheets) => Task.FromResult(directory.NotOn(null, sheets));
}
