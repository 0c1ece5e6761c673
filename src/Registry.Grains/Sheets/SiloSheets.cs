using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;
using Registry.Grains.Figures;
using Registry.Grains.Placement;

namespace Registry.Grains.Sheets;

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
