using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Ground;
using Registry.Core.Parties;
using Registry.Core.Titles;

namespace Registry.Actors.Hosting;

/// <summary>References to actors that turn each call into a message.</summary>
/// <param name="dispatcher">Carries the messages.</param>
public sealed class References(IDispatcher dispatcher) : IActors
{
    /// <inheritdoc/>
    public ILicenseBlock LicenseBlock(string id) => new LicenseBlockReference(dispatcher, new StreamId(Collection.LicenseBlocks, id));

    /// <inheritdoc/>
    public IDeposit Deposit(string id) => new DepositReference(dispatcher, new StreamId(Collection.Deposits, id));

    /// <inheritdoc/>
    public IArea Area(string id) => new AreaReference(dispatcher, new StreamId(Collection.Areas, id));

    /// <inheritdoc/>
    public IParty Party(string id) => new PartyReference(dispatcher, new StreamId(Collection.Parties, id));

    /// <inheritdoc/>
    public ISheet Sheet(SheetId sheet) => new SheetReference(dispatcher, sheet);

    /// <inheritdoc/>
    public IImport Import(string id) => new ImportReference(dispatcher, id);

    private sealed class LicenseBlockReference(IDispatcher dispatcher, StreamId stream) : ILicenseBlock
    {
        public Task<Answer<LicenseBlockState>> Carry(Request request, LicenseBlockCommand command) =>
            dispatcher.Write<ILicenseBlock, Answer<LicenseBlockState>>(stream, request, actor => actor.Carry(request, command));

        public Task<Registered<LicenseBlockState>?> Get() =>
            dispatcher.ToObjectRepeatably<ILicenseBlock, Registered<LicenseBlockState>?>(stream, actor => actor.Get());

        public Task<byte[]?> Feature() => dispatcher.Near(stream)?.Shown is { } shown
            ? Task.FromResult<byte[]?>(shown)
            : dispatcher.ToObjectRepeatably<ILicenseBlock, byte[]?>(stream, actor => actor.Feature());
    }

    private sealed class DepositReference(IDispatcher dispatcher, StreamId stream) : IDeposit
    {
        public Task<Answer<DepositState>> Register(Request request, DepositState deposit) =>
            dispatcher.Write<IDeposit, Answer<DepositState>>(stream, request, actor => actor.Register(request, deposit));

        public Task<Answer<DepositState>> Amend(Request request, DepositState deposit) =>
            dispatcher.Write<IDeposit, Answer<DepositState>>(stream, request, actor => actor.Amend(request, deposit));

        public Task<Answer<DepositState>> AddEstimate(Request request, Estimate estimate) =>
            dispatcher.Write<IDeposit, Answer<DepositState>>(stream, request, actor => actor.AddEstimate(request, estimate));

        public Task<Registered<DepositState>?> Get() =>
            dispatcher.ToObjectRepeatably<IDeposit, Registered<DepositState>?>(stream, actor => actor.Get());
    }

    private sealed class AreaReference(IDispatcher dispatcher, StreamId stream) : IArea
    {
        public Task<Answer<AreaState>> Register(Request request, AreaState area) =>
            dispatcher.Write<IArea, Answer<AreaState>>(stream, request, actor => actor.Register(request, area));

        public Task<Registered<AreaState>?> Get() =>
            dispatcher.ToObjectRepeatably<IArea, Registered<AreaState>?>(stream, actor => actor.Get());
    }

    private sealed class PartyReference(IDispatcher dispatcher, StreamId stream) : IParty
    {
        public Task<Answer<PartyState>> Register(Request request, PartyState party) =>
            dispatcher.Write<IParty, Answer<PartyState>>(stream, request, actor => actor.Register(request, party));

        public Task<Registered<PartyState>?> Get() =>
            dispatcher.ToObjectRepeatably<IParty, Registered<PartyState>?>(stream, actor => actor.Get());
    }

    private sealed class SheetReference(IDispatcher dispatcher, SheetId sheet) : ISheet
    {
        public Task<HoldAnswer> Hold(HoldRequest request) => dispatcher.ToSheet(sheet, actor => actor.Hold(request));

        public Task Settle(Settlement settlement) => dispatcher.ToSheet(sheet, async actor =>
        {
            await actor.Settle(settlement);
            return true;
        });

        public Task<CellView> Look(Cell cell) => dispatcher.AskSheet(sheet, actor => actor.Look(cell));

        public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => dispatcher.AskSheet(sheet, actor => actor.LookAll(cells));

        public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => dispatcher.AskSheet(sheet, actor => actor.LookAsAt(cell, asAt));

        public Task<SheetPage> Query(SheetQuery query) => dispatcher.AskSheet(sheet, actor => actor.Query(query));

        public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) =>
            dispatcher.AskSheet(sheet, actor => actor.Free(box, after, limit));

        public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) =>
            dispatcher.AskSheet(sheet, actor => actor.FreeAsAt(box, after, limit, asAt));

        public Task<SheetTile> Tile(TileQuery query) => dispatcher.AskSheet(sheet, actor => actor.Tile(query));

        public Task<SheetVersion> Version() => dispatcher.AskSheet(sheet, static actor => actor.Version());

        public Task<SheetStatistics> Statistics(long? asAt) => dispatcher.AskSheet(sheet, actor => actor.Statistics(asAt));

        public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => dispatcher.AskSheet(sheet, actor => actor.OpenGround(query));

        public Task<SheetFigures> Figures() => dispatcher.AskSheet(sheet, actor => actor.Figures());
    }

    private sealed class ImportReference(IDispatcher dispatcher, string id) : IImport
    {
        public Task<ImportProgress?> Progress() => dispatcher.ToImport(id, static actor => actor.Progress());

        public Task<ImportReport?> Report() => dispatcher.ToImport(id, static actor => actor.Report());
    }
}

/// <summary>How writes are sent.</summary>
file static class Writes
{
    /// <summary>A write with an idempotency key has one effect however often it is sent; any other is sent once.</summary>
    public static Task<TResult> Write<TActor, TResult>(
        this IDispatcher dispatcher, StreamId stream, Request request, Func<TActor, Task<TResult>> message)
        where TActor : class =>
        request.Key is null ? dispatcher.ToObject(stream, message) : dispatcher.ToObjectRepeatably(stream, message);
}
