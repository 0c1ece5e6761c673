using Orleans.Runtime.Services;
using Registry.Core.Ground;

namespace Registry.Grains.Placement;

/// <summary>Knows which silo's <see cref="ISiloSheets"/> to ask for a sheet.</summary>
/// <param name="services">Of this silo.</param>
/// <param name="home">Knows on which silo a sheet is at home.</param>
public sealed class SheetDirectory(IServiceProvider services, RendezvousHome home) : GrainServiceClient<ISiloSheets>(services)
{
    /// <summary>Every active silo, by its name.</summary>
    public IReadOnlyList<(string Name, ISiloSheets Sheets)> Silos() =>
        [.. home.Silos().OrderBy(silo => silo.Name, StringComparer.Ordinal).Select(silo => (silo.Name, GetGrainService(silo.Address)))];

    /// <summary>The homes of some sheets; none while no silo is known to be active.</summary>
    /// <param name="silo">Left out are the sheets that are at home there; null for none.</param>
    /// <param name="sheets">The sheets.</param>
    public IReadOnlyList<SheetHome> NotOn(SiloAddress? silo, IEnumerable<SheetId> sheets) =>
        [.. home.NotOn(silo, sheets).Select(elsewhere => new SheetHome(elsewhere.Sheet, GetGrainService(elsewhere.Home).GetGrainId().ToString()))];
}
