using System.Collections.Concurrent;
using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Actors.Imports;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>
/// The actors of a cluster, from outside of it. Several sheets that live on one silo are asked by one message: what a query over a whole
/// country costs grows with the silos then, and hardly with the sheets.
/// </summary>
/// <remarks>
/// Where a sheet lives is learned from the answers, and may be out of date: a silo sends on what it does not have.
/// </remarks>
/// <param name="dispatcher">Carries messages to single actors.</param>
/// <param name="grains">Of the client.</param>
public sealed class ClusterActors(IDispatcher dispatcher, IGrainFactory grains) : IActors
{
    // The name of no silo.
    private const string AnySilo = "*";

    private readonly References _each = new(dispatcher);
    private readonly ConcurrentDictionary<SheetId, string> _homes = new();

    /// <inheritdoc/>
    public ILicenseBlock LicenseBlock(string id) => _each.LicenseBlock(id);

    /// <inheritdoc/>
    public IDeposit Deposit(string id) => _each.Deposit(id);

    /// <inheritdoc/>
    public IArea Area(string id) => _each.Area(id);

    /// <inheritdoc/>
    public IParty Party(string id) => _each.Party(id);

    /// <inheritdoc/>
    public ISheet Sheet(SheetId sheet) => _each.Sheet(sheet);

    /// <inheritdoc/>
    public IImport Import(string id) => _each.Import(id);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SheetPage>> Query(SheetsQuery query)
    {
        // How sheets stood is read from the journal, which takes its time: sheet by sheet, so that they are not all read at once.
        if (query.Parts.Count == 1 || query.Question.AsAt is not null)
            return await (query with { Most = null }).AskEach(_each);
        var pages = new SheetPage[query.Parts.Count];
        await Task.WhenAll(Enumerable.Range(0, pages.Length)
            .GroupBy(place => _homes.GetValueOrDefault(query.Parts[place].Sheet, AnySilo))
            .Select(silo => Ask(silo.Key, [.. silo])));
        return pages;

        async Task Ask(string silo, int[] places)
        {
            var asked = query with { Parts = Array.ConvertAll(places, place => query.Parts[place]) };
            var answered = await AskSilo(silo, asked) ?? await (asked with { Most = null }).AskEach(_each);
            for (var i = 0; i < places.Length; i++)
                pages[places[i]] = answered[i];
        }
    }

    // Null: the silo did not answer. Its sheets are then asked one by one, as long as it takes until they are elsewhere.
    private async Task<IReadOnlyList<SheetPage>?> AskSilo(string silo, SheetsQuery query)
    {
        try
        {
            var answer = await GrainDispatcher.Guarded(() => grains.GetGrain<ISiloSheetsGrain>(silo).Query(query));
            foreach (var moved in answer.Moved)
                _homes[moved.Sheet] = moved.Silo;
            return answer.Pages;
        }
        catch (ActorUnavailableException)
        {
            foreach (var part in query.Parts)
                _homes.TryRemove(part.Sheet, out _);
            return null;
        }
    }
}
