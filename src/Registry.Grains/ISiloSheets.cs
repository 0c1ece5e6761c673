using Orleans.Services;
using Registry.Actors.Contracts;
using Registry.Core.Ground;
using Registry.Grains.Figures;

namespace Registry.Grains;

/// <summary>The sheets of one silo, to be asked together: one message for all of them and not one for each.</summary>
/// <remarks>
/// A service of each silo and no grain: a client's message to a grain goes through whichever silo the client has chosen for that grain,
/// a message to a silo's service goes straight to that silo. Where the silo is gone, the service of another one answers.
/// </remarks>
public interface ISiloSheets : IGrainService
{
    /// <summary>Pages of several sheets. Those that are not on this silo are asked where they are.</summary>
    /// <param name="query">The question.</param>
    /// <param name="asked">The service that was asked: of this silo, or of one that is gone.</param>
    Task<SiloPages> Query(SheetsQuery query, GrainId asked);

    /// <summary>What this silo holds and has answered since it started.</summary>
    Task<SiloFigures> Figures();
}

/// <summary>Pages of several sheets, and where to ask for them.</summary>
/// <param name="Pages">The pages, in the order in which they were asked for.</param>
/// <param name="Moved">Those of the sheets that are at home on another silo than the one that was asked.</param>
public sealed record SiloPages(IReadOnlyList<SheetPage> Pages, IReadOnlyList<SheetHome> Moved);

/// <summary>Where a sheet is at home.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Service">The <see cref="ISiloSheets"/> of its silo, as the text of a <see cref="GrainId"/>.</param>
public sealed record SheetHome(SheetId Sheet, string Service);
