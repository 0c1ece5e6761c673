using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core.Countries;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Formats.VectorTile;
using Registry.Gateway.Objects;
using Registry.Gateway.Sample;
using Registry.Gateway.Sheets;
using Registry.Gateway.Tiles;
using Registry.Sample;
using Registry.Storage.InMemory;

namespace Registry.Gateway.Tests.Tiles;

/// <summary>The sample country of full size in memory: 25,000 license blocks over all of it, 10,000 deposits; and its tiles.</summary>
public sealed class FullCountry : IAsyncLifetime, IAsyncDisposable
{
    private readonly InMemoryJournal _journal = new(TimeProvider.System);
    private readonly InProcessActors _actors;

    public FullCountry()
    {
        _actors = new InProcessActors(Regime, _journal, TimeProvider.System, NullLoggerFactory.Instance);
        Plan = new SheetPlan(Regime);
        Tiles = new TileSource(_actors, Regime, Plan, new SheetVersions(_actors), new TileCache(), new JournalIdentity(_journal));
    }

    public static Regime Regime { get; } = Regimes.Kazakhstan;

    public TileSource Tiles { get; }

    public SheetPlan Plan { get; }

    public IActors Actors => _actors;

    /// <summary>The cells of each license block, by its id.</summary>
    public IReadOnlyDictionary<string, CellSet> Cells { get; private set; } = new Dictionary<string, CellSet>();

    public async Task InitializeAsync()
    {
        var country = SampleCountry.Generate(Regime, SampleDeposits.Read(Regime).Deposits, SampleSize.Full);
        await new SampleRegistration(Regime, _actors).Register(country, CancellationToken.None);
        Cells = country.LicenseBlocks.ToDictionary(
            block => ObjectId.From(Collection.LicenseBlocks, new RequestKey($"sample/{block.Key}", "sample")), block => block.Cells);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _actors.DisposeAsync();
        await _journal.DisposeAsync();
    }

    /// <summary>Every tile of a zoom that shows ground of the country.</summary>
    public IEnumerable<TileAddress> TilesOf(int zoom)
    {
        var side = 1 << zoom;
        var world = new TileFrame(new TileAddress(0, 0, 0));
        int Step(double units) => (int)(units / TileFrame.Extent * side);
        return from column in Enumerable.Range(Step(world.X(Plan.Extent.West)), Step(world.X(Plan.Extent.East)) - Step(world.X(Plan.Extent.West)) + 1)
               from row in Enumerable.Range(Step(world.Y(Plan.Extent.North)), Step(world.Y(Plan.Extent.South)) - Step(world.Y(Plan.Extent.North)) + 1)
               let tile = new TileAddress(zoom, column, row)
               where Plan.Touched(tile.Ground()).Length > 0
               select tile;
    }

    /// <summary>A tile of a zoom around a place of the country, each cell as likely as any other.</summary>
    public TileAddress AnyTile(int zoom, Random random)
    {
        while (true)
        {
            var (longitude, latitude) = (46 + (random.NextDouble() * 42), 40 + (random.NextDouble() * 16));
            if (!Regime.Jurisdiction.Contains(Regime.Graticule.CellAt(longitude, latitude)))
                continue;
            var world = new TileFrame(new TileAddress(0, 0, 0));
            var side = 1 << zoom;
            return new TileAddress(
                zoom, (int)(world.X(longitude) / TileFrame.Extent * side), (int)(world.Y(latitude) / TileFrame.Extent * side));
        }
    }
}

/// <summary>Tests over the full country, which is made once for all of them.</summary>
[CollectionDefinition(Name)]
public sealed class OneFullCountry : ICollectionFixture<FullCountry>
{
    public const string Name = "one full country";
}
