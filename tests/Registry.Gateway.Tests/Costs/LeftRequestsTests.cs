using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Collections;
using Registry.Gateway.Past;
using Registry.Gateway.Sheets;
using Registry.Gateway.Tests.Serving;

using Request = Registry.Actors.Contracts.Request;

namespace Registry.Gateway.Tests.Costs;

/// <summary>
/// A client leaves while the first sheet answers its question: the others are not asked any more. The country has 26 sheets, so that work
/// which went on would ask them all.
/// </summary>
public sealed class LeftRequestsTests : IAsyncLifetime
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(2);

    private readonly Departure _departure = new();
    private readonly RegistryServer _server;

    public LeftRequestsTests() => _server = RegistryServer.With(services =>
    {
        services.AddSingleton<IStartupFilter>(_departure);
        var own = services.Last(service => service.ServiceType == typeof(IActors));
        services.AddSingleton<IActors>(provider => new WaitingActors((IActors)own.ImplementationFactory!(provider), _departure));
    });

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/collections/license-blocks/items?as-at=2026-01-01T00:00:00Z")]
    [InlineData("/collections/license-blocks/items?limit=10000&as-at=2026-01-01T00:00:00Z")]
    [InlineData("/collections/deposits/items?offset=5&filter=S_TOUCHES(geometry,POINT(1%201))%20OR%20S_TOUCHES(geometry,POINT(1%202))%20OR%20S_TOUCHES(geometry,POINT(1%203))%20OR%20S_TOUCHES(geometry,POINT(1%204))%20OR%20S_TOUCHES(geometry,POINT(1%205))%20OR%20name='x'")]
    [InlineData("/collections/sheets/items?limit=100")]
    [InlineData("/collections/sheets/items?as-at=2026-01-01T00:00:00Z")]
    [InlineData("/collections/deposits/export?as-at=2026-01-01T00:00:00Z")]
    [InlineData("/collections/sheets/export")]
    [InlineData("/cells/free?limit=10000&bbox=60,40,90,56")]
    [InlineData("/free-areas?clearKm=1")]
    [InlineData("/statistics")]
    [InlineData("/statistics?as-at=2026-01-01T00:00:00Z")]
    public Task No_further_sheet_is_asked(string address) => NoFurther(address, FewAtOnce.Most);

    // Before it begins, an export asks every sheet which entries it shows, all at once; then for its features.
    [Theory]
    [InlineData("/collections/license-blocks/export?f=csv")]
    [InlineData("/collections/deposits/export?filter=name='x'")]
    public Task Nor_is_one_asked_for_its_features(string address) => NoFurther(address, _server.Services.GetRequiredService<SheetPlan>().Sheets.Count);

    [Fact]
    public async Task No_further_license_block_is_asked_for_its_cells()
    {
        _departure.Await();
        using var client = new CancellationTokenSource();
        var services = _server.Services;
        var objects = new ObjectFeatures(services.GetRequiredService<IActors>(), services.GetRequiredService<Regime>(), services.GetRequiredService<PastRegister>());
        byte[][] features = [.. Enumerable.Range(0, 1_000).Select(i => System.Text.Encoding.UTF8.GetBytes($$"""{"id":"lb-{{i}}"}"""))];
        var named = objects.WithCells(features, asAt: null, client.Token);
        await _departure.Asked.WaitAsync(s_deadline);

        await client.CancelAsync();
        _departure.Leave();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => named);
        // As many as are asked at once.
        Assert.InRange(_departure.Questions, 1, 64);
    }

    private async Task NoFurther(string address, int most)
    {
        _departure.Await();
        using var http = _server.Http();
        using var client = new CancellationTokenSource();
        var asking = http.GetAsync(new Uri(address, UriKind.Relative), client.Token);
        await _departure.Asked.WaitAsync(s_deadline);

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await _departure.Ended.WaitAsync(s_deadline);
        Assert.InRange(_departure.Questions, 1, most);
    }

    /// <summary>Tells when a question was asked, when the web server noticed that the client left, and when the request ended.</summary>
    private sealed class Departure : IStartupFilter
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool _isAwaited;
        private int _questions;

        public Task Asked => _asked.Task;

        public Task Ended => _ended.Task;

        public int Questions => Volatile.Read(ref _questions);

        /// <summary>From now on questions wait until their client has left.</summary>
        public void Await() => _isAwaited = true;

        public void Leave() => _left.TrySetResult();

        public async Task<TAnswer> Answer<TAnswer>(Func<Task<TAnswer>> ask)
        {
            if (_isAwaited)
            {
                Interlocked.Increment(ref _questions);
                _asked.TrySetResult();
                await _left.Task;
            }

            return await ask();
        }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (HttpContext context, RequestDelegate handle) =>
            {
                await using var registration = context.RequestAborted.Register(Leave);
                try
                {
                    await handle(context);
                }
                finally
                {
                    if (_isAwaited)
                        _ended.TrySetResult();
                }
            });
            next(app);
        };
    }

    private sealed class WaitingActors(IActors actors, Departure departure) : IActors
    {
        public ILicenseBlock LicenseBlock(string id) => new WaitingBlock(actors.LicenseBlock(id), departure);

        public IDeposit Deposit(string id) => actors.Deposit(id);

        public IArea Area(string id) => actors.Area(id);

        public IParty Party(string id) => actors.Party(id);

        public IImport Import(string id) => actors.Import(id);

        public ISheet Sheet(SheetId sheet) => new WaitingSheet(actors.Sheet(sheet), departure);
    }

    private sealed class WaitingBlock(ILicenseBlock block, Departure departure) : ILicenseBlock
    {
        public Task<Answer<LicenseBlockState>> Carry(Request request, LicenseBlockCommand command) => block.Carry(request, command);

        public Task<Registered<LicenseBlockState>?> Get() => departure.Answer(block.Get);

        public Task<byte[]?> Feature() => departure.Answer(block.Feature);
    }

    private sealed class WaitingSheet(ISheet sheet, Departure departure) : ISheet
    {
        public Task<HoldAnswer> Hold(HoldRequest request) => sheet.Hold(request);

        public Task Settle(Settlement settlement) => sheet.Settle(settlement);

        public Task<CellView> Look(Cell cell) => departure.Answer(() => sheet.Look(cell));

        public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => departure.Answer(() => sheet.LookAll(cells));

        public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => departure.Answer(() => sheet.LookAsAt(cell, asAt));

        public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) =>
            departure.Answer(() => sheet.FreeAsAt(box, after, limit, asAt));

        public Task<SheetPage> Query(SheetQuery query) => departure.Answer(() => sheet.Query(query));

        public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) => departure.Answer(() => sheet.Free(box, after, limit));

        public Task<SheetTile> Tile(TileQuery query) => departure.Answer(() => sheet.Tile(query));

        public Task<SheetVersion> Version() => departure.Answer(sheet.Version);

        public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => departure.Answer(() => sheet.OpenGround(query));

        public Task<SheetFigures> Figures() => departure.Answer(sheet.Figures);

        public Task<SheetStatistics> Statistics(long? asAt) => departure.Answer(() => sheet.Statistics(asAt));
    }
}
