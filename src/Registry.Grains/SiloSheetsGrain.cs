using Orleans.Concurrency;
using Registry.Actors;
using Registry.Actors.Ground;
using Registry.Core.Ground;
using Registry.Grains.Placement;

namespace Registry.Grains;

/// <summary>The sheets of one silo, by the silo's name, to be asked together: one message for all of them and not one for each.</summary>
public interface ISiloSheetsGrain : IGrainWithStringKey
{
    /// <summary>Pages of several sheets. Those that are not on this silo are asked where they are.</summary>
    Task<SiloPages> Query(SheetsQuery query);
}

/// <summary>Pages of several sheets, and where to ask for them.</summary>
/// <param name="Pages">The pages, in the order in which they were asked for.</param>
/// <param name="Moved">Those of the sheets that are at home on another silo than the one that was asked.</param>
public sealed record SiloPages(IReadOnlyList<SheetPage> Pages, IReadOnlyList<SheetHome> Moved);

/// <summary>Where a sheet is at home.</summary>
/// <param name="Sheet">The sheet.</param>
/// <param name="Silo">The silo's name.</param>
public sealed record SheetHome(SheetId Sheet, string Silo);

/// <inheritdoc cref="ISiloSheetsGrain"/>
/// <remarks>
/// It lives on the silo that it is named after while that one is there. Where it is asked for a silo that is not, or not yet, it is
/// elsewhere, sends the questions on, and goes, to be placed anew for the next.
/// </remarks>
[Reentrant]
[NamedSiloPlacement]
public sealed class SiloSheetsGrain(IGrainContext context, IActors actors, RendezvousHome home, ILocalSiloDetails here)
    : ISiloSheetsGrain, IGrainBase
{
    // Sheets of a silo answer on the thread that asks. More of them than these are worth a second one.
    private const int SheetsOfAThread = 8;

    private readonly string _silo = context.GrainId.Key.ToString()!;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    public async Task<SiloPages> Query(SheetsQuery query)
    {
        if (_silo != here.Name)
            this.DeactivateOnIdle();
        // Not on this grain's own turn: it would be all that a silo of many cores reads with.
        var read = await Task.WhenAll(query.Parts.Chunk(SheetsOfAThread)
            .Select(parts => Task.Run(() => (query with { Parts = parts }).AskEach(actors))));
        SheetPage[] pages = [.. read.SelectMany(part => part)];
        SheetsQuery.Cut(pages, query.Most ?? int.MaxValue);
        return new SiloPages(pages, home.NotOn(_silo, query.Parts.Select(part => part.Sheet)));
    }
}
