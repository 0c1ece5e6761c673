using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>Tells a client where sheets are at home, so that it can ask a silo for all that it has.</summary>
public interface ISheetDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The homes of some sheets; none while no silo is known to be active.</summary>
    Task<IReadOnlyList<SheetHome>> Find(IReadOnlyList<SheetId> sheets);
}
