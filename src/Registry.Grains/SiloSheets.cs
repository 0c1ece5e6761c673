using Microsoft.Extensions.Logging;
using Orleans.Services;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Grains.Figures;
using Registry.Grains.Placement;

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

/// <inheritdoc cref="ISiloSheets"/>
/// <param name="id">Given by Orleans, like the next two.</param>
/// <param name="silo">This silo.</param>
/// <param name="loggers">Of the silo.</param>
/// <param name="actors">How the sheets are reached; those of this silo without a message.</param>
/// <param name="directory">Knows where sheets are at home.</param>
/// <param name="local">What is on this silo.</param>
/// <param name="here">Knows the silo's name.</param>
public sealed class SiloSheets(
    GrainId id, Silo silo, ILoggerFactory loggers, IActors actors, SheetDirectory directory, LocalActors local, ILocalSiloDetails here)
    : GrainService(id, silo, loggers), ISiloSheets
{
    // Sheets of a silo answer on the thread that asks. More of them than these are worth a second one.
    private const int SheetsOfAThread = 16;

    /// <inheritdoc/>
    public async Task<SiloPages> Query(SheetsQuery query, GrainId asked)
    {
        // Not on the service's own turn: it would be all that a silo of many cores reads with.
        var read = await Task.WhenAll(query.Parts.Chunk(SheetsOfAThread)
            .Select(parts => Task.Run(() => (query with { Parts = parts }).AskEach(actors))));
        SheetPage[] pages = [.. read.SelectMany(part => part)];
        SheetsQuery.Cut(pages, query.Most ?? int.MaxValue);
        return new SiloPages(pages, directory.NotOn(asked == GrainId ? Silo : null, query.Parts.Select(part => part.Sheet)));
    }

    /// <inheritdoc/>
    public async Task<SiloFigures> Figures()
    {
        var sheets = await Task.WhenAll(local.Sheets.Select(sheet => sheet.Figures()));
        return new SiloFigures(
            here.Name, sheets.Length, local.LicenseBlocks, sheets.Sum(sheet => (long)sheet.ClaimedCells), sheets.Sum(sheet => (long)sheet.Holds),
            QuestionMeter.SheetsNear, QuestionMeter.SheetsByMessage, QuestionMeter.LicenseBlocksNear);
    }
}
