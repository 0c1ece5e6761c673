using System.Collections.Concurrent;
using System.Globalization;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Core.Ground;

namespace Registry.Grains;

/// <summary>
/// The actors of a cluster, from outside of it. Several sheets that live on one silo are asked by one message: what a query over a whole
/// country costs grows with the silos then, and hardly with the sheets.
/// </summary>
/// <remarks>
/// Where a sheet lives is asked once, learned anew from the answers, and may be out of date: a silo sends on what it does not have.
/// </remarks>
/// <param name="dispatcher">Carries messages to single actors.</param>
/// <param name="grains">Of the client.</param>
public sealed class ClusterActors(IDispatcher dispatcher, IGrainFactory grains) : IActors
{
    private readonly References _each = new(dispatcher);
    private readonly ConcurrentDictionary<SheetId, Home> _homes = new();
    // One of each: to ask Orleans for a reference costs more than to send a message by it.
    private readonly ConcurrentDictionary<string, Home> _silos = new();

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
        if (query.Parts.Any(part => !_homes.ContainsKey(part.Sheet)))
            await Find([.. query.Parts.Select(part => part.Sheet)]);
        var pages = new SheetPage[query.Parts.Count];
        await Task.WhenAll(Enumerable.Range(0, pages.Length)
            .GroupBy(place => _homes.GetValueOrDefault(query.Parts[place].Sheet))
            .Select(home => Ask(home.Key, [.. home])));
        return pages;

        async Task Ask(Home? home, int[] places)
        {
            var asked = query with { Parts = Array.ConvertAll(places, place => query.Parts[place]) };
            var answered = home is null ? null : await AskSilo(home, asked);
            answered ??= await (asked with { Most = null }).AskEach(_each);
            for (var i = 0; i < places.Length; i++)
                pages[places[i]] = answered[i];
        }
    }

    // Null: the silo did not answer.
    private async Task<IReadOnlyList<SheetPage>?> AskSilo(Home home, SheetsQuery query)
    {
        try
        {
            var answer = await GrainDispatcher.Guarded(() => home.Sheets.Query(query, home.Id));
            Learn(answer.Moved);
            return answer.Pages;
        }
        catch (ActorUnavailableException)
        {
            Forget(query.Parts.Select(part => part.Sheet));
            return null;
        }
    }

    private async Task Find(IReadOnlyList<SheetId> sheets)
    {
        try
        {
            Learn(await GrainDispatcher.Guarded(() => grains.GetGrain<ISheetDirectoryGrain>(0).Find(sheets)));
        }
        catch (ActorUnavailableException)
        {
            Forget(sheets);
        }
    }

    private void Learn(IReadOnlyList<SheetHome> homes)
    {
        foreach (var (sheet, service) in homes)
            _homes[sheet] = _silos.GetOrAdd(service, Reach);
    }

    private Home Reach(string service)
    {
        var id = GrainId.Parse(service, CultureInfo.InvariantCulture);
        return new Home(id, grains.GetGrain<ISiloSheets>(id));
    }

    // They are asked one by one, until somebody says where they are.
    private void Forget(IEnumerable<SheetId> sheets)
    {
        foreach (var sheet in sheets)
            _homes.TryRemove(sheet, out _);
    }

    // Not a record: questions are grouped by it.
    private sealed class Home(GrainId id, ISiloSheets sheets)
    {
        public GrainId Id => id;

        public ISiloSheets Sheets => sheets;
    }
}
