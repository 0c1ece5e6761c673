using System.Globalization;
using System.Text;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Core.Law;

namespace Registry.Gateway.Tests.Collections;

/// <summary>A country of four sheets, and sheets that hold rectangles and answer as the contract of <see cref="ISheet"/> says.</summary>
internal sealed class SheetsOfFeatures : IActors
{
    private readonly List<Feature> _features = [];
    private long _last;

    /// <summary>L-43, L-44, M-43 and M-44, one cell in each: 72 to 84 E, 44 to 52 N.</summary>
    public static Regime Regime { get; } = new()
    {
        Code = "test",
        Graticule = Graticule.Minute,
        Scheme = KazakhCode.Instance,
        Jurisdiction = new Jurisdiction(Graticule.Minute,
        [
            Graticule.Minute.CellAt(75.5, 46.5), Graticule.Minute.CellAt(81.5, 46.5),
            Graticule.Minute.CellAt(75.5, 50.5), Graticule.Minute.CellAt(81.5, 50.5),
        ]),
        MostCells = 200,
        MustBeConnected = true,
        TermYears = new Dictionary<LicenseBlockKind, int> { [LicenseBlockKind.Exploration] = 6 },
        WorkingDaysAfterRefusal = 10,
        Calendar = new LegalCalendar(TimeSpan.FromHours(5), new HashSet<(int, int)>()),
    };

    /// <summary>How many queries the sheets answered.</summary>
    public int Queries { get; private set; }

    public void Add(BoundingBox box) => _features.Add(new Feature(++_last, box));

    public void Remove(string id) => _features.RemoveAll(feature => feature.Id == id);

    public IEnumerable<string> Touching(BoundingBox box) =>
        _features.Where(feature => feature.Box.Intersects(box)).Select(feature => feature.Id);

    public ISheet Sheet(SheetId sheet) => new SheetOfFeatures(this, sheet);

    public IImport Import(string id) => throw new NotSupportedException();

    public ILicenseBlock LicenseBlock(string id) => throw new NotSupportedException();

    public IDeposit Deposit(string id) => throw new NotSupportedException();

    public IArea Area(string id) => throw new NotSupportedException();

    public IParty Party(string id) => throw new NotSupportedException();

    private sealed record Feature(long Order, BoundingBox Box)
    {
        public string Id => Order.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class SheetOfFeatures(SheetsOfFeatures world, SheetId id) : ISheet
    {
        public Task<SheetPage> Query(SheetQuery query)
        {
            world.Queries++;
            var matching = world._features.Where(feature => feature.Box.Intersects(query.Box) && IsGivenHere(feature, query.Box)).ToList();
            var after = matching.Where(feature => feature.Order > query.After).ToList();
            var given = after.Take(query.Limit).ToList();
            return Task.FromResult(new SheetPage(
                [.. given.Select(feature => Encoding.UTF8.GetBytes(feature.Id))],
                [.. given.Select(feature => feature.Order)],
                matching.Count,
                after.Count > given.Count,
                new SheetLayout(world._last, 0)));
        }

        public Task<HoldAnswer> Hold(HoldRequest request) => throw new NotSupportedException();

        public Task Settle(Settlement settlement) => throw new NotSupportedException();

        public Task<CellView> Look(Cell cell) => throw new NotSupportedException();

        public Task<IReadOnlyList<CellView>> LookAll(CellSet cells) => throw new NotSupportedException();

        public Task<CellView> LookAsAt(Cell cell, GroundAsAt asAt) => throw new NotSupportedException();

        public Task<CellSet> FreeAsAt(BoundingBox box, Cell? after, int limit, GroundAsAt asAt) => throw new NotSupportedException();

        public Task<CellSet> Free(BoundingBox box, Cell? after, int limit) => throw new NotSupportedException();

        public Task<SheetTile> Tile(TileQuery query) => throw new NotSupportedException();

        public Task<SheetVersion> Version() => throw new NotSupportedException();

        public Task<OpenGroundPart> OpenGround(OpenGroundQuery query) => throw new NotSupportedException();

        public Task<SheetFigures> Figures() => throw new NotSupportedException();

        public Task<SheetStatistics> Statistics(long? asAt) => throw new NotSupportedException();

        private bool IsGivenHere(Feature feature, BoundingBox box) => Regime.Jurisdiction.Sheets.First(sheet =>
            BoundingBox.Of(Regime.Graticule, sheet) is var ground && ground.Intersects(feature.Box) && ground.Intersects(box)) == id;
    }
}
