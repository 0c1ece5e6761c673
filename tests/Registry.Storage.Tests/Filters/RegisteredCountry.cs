using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Filtering;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Countries;
using Registry.Core.Deposits;
using Registry.Core.Filters;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Sample;
using Registry.Storage.InMemory;
using Registry.Storage.Tests.Journals;

namespace Registry.Storage.Tests.Filters;

/// <summary>Kazakhstan with 12,000 license blocks and 8,000 deposits at random, on sheets in this process.</summary>
internal sealed class RegisteredCountry : IAsyncDisposable
{
    private const int Blocks = 12_000;
    private const int Deposits = 8_000;

    private static readonly Regime Regime = Regimes.Find("kz")!;
    private static readonly string[] Commodities = ["copper", "gold", "lithium", "chromium", "tungsten", "uranium"];

    private readonly ManualClock _clock = new();
    private readonly SplitMix64 _random = new(20180629);
    private readonly Dictionary<byte[], string> _ids = new(ReferenceEqualityComparer.Instance);
    private readonly InMemoryJournal _journal;
    private readonly InProcessActors _actors;

    private RegisteredCountry()
    {
        _journal = new InMemoryJournal(_clock);
        _actors = new InProcessActors(Regime, _journal, _clock, NullLoggerFactory.Instance);
    }

    /// <summary>Registers everything.</summary>
    public static async Task<RegisteredCountry> Create()
    {
        var country = new RegisteredCountry();
        for (var i = 0; i < Blocks; i++)
            await country.RegisterBlock($"lb-{i}");
        for (var i = 0; i < Deposits; i++)
            await country.RegisterDeposit($"dp-{i}");
        return country;
    }

    public async ValueTask DisposeAsync()
    {
        await _actors.DisposeAsync();
        await _journal.DisposeAsync();
    }

    /// <summary>Every feature of a collection, as its sheet gives it.</summary>
    public async Task<IReadOnlyCollection<byte[]>> ReadAll(Collection collection)
    {
        var read = await Ask(collection, null);
        foreach (var feature in read)
        {
            using var document = JsonDocument.Parse(feature);
            _ids[feature] = document.RootElement.GetProperty("id").GetString()!;
        }

        return read;
    }

    /// <summary>The ids of the features that pass a filter, in order; the sheets are asked as the gateway asks them.</summary>
    public async Task<IReadOnlyList<string>> Passing(Collection collection, FilterExpression filter) =>
        [.. (await Ask(collection, filter)).Select(feature => _ids[feature]).Order(StringComparer.Ordinal)];

    private async Task<List<byte[]>> Ask(Collection collection, FilterExpression? filter)
    {
        var box = FilterBox.Narrowed(BoundingBox.World, filter);
        var read = new List<byte[]>();
        foreach (var sheet in SheetsOf.Rectangle(Regime, box))
        {
            var page = await _actors.Sheet(sheet).Query(new SheetQuery(collection, box, 0, int.MaxValue) { Filter = filter });
            Assert.Equal(page.Matched, page.Features.Count);
            read.AddRange(page.Features);
        }

        return read;
    }

    private async Task RegisterBlock(string id)
    {
        var cells = CellsAtRandom();
        var granted = _random.Below(3) > 0 ? new DateOnly(2015, 1, 1).AddDays(_random.Below(3_650)) : default(DateOnly?);
        var state = new LicenseBlockState
        {
            Id = id,
            Kind = _random.OneOf(Enum.GetValues<LicenseBlockKind>()),
            Status = _random.OneOf(Enum.GetValues<LicenseBlockStatus>()),
            Holder = new Holder($"p-{_random.Below(20)}", $"Holder {_random.Below(20)}", _random.OneOf(["KZ", "GB", "AU"])),
            Cells = cells,
            Commodities = SomeCommodities(),
            GrantedOn = granted,
            ExpiresOn = granted is { } day && _random.Below(4) > 0 ? day.AddYears(6) : null,
        };
        await Append(new StreamId(Collection.LicenseBlocks, id), cells.Sheets(Regime.Graticule), JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.LicenseBlockState));
    }

    private async Task RegisterDeposit(string id)
    {
        DepositState state;
        IReadOnlyList<SheetId> sheets;
        do
        {
            state = new DepositState
            {
                Id = id,
                Name = _random.OneOf(["North", "Old", "Великий", "the_100%"]) + " " + _random.Below(50),
                Status = _random.OneOf(Enum.GetValues<DepositStatus>()),
                Geometry = GroundAtRandom(),
                Commodities = SomeCommodities(),
            };
            sheets = SheetsOf.Deposit(Regime, state);
        }
        while (sheets.Count == 0);
        await Append(new StreamId(Collection.Deposits, id), sheets, JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.DepositState));
    }

    private async Task Append(StreamId stream, IReadOnlyList<SheetId> sheets, byte[] state)
    {
        _clock.Now += TimeSpan.FromMinutes(30);
        Assert.IsType<Committed>(await _journal.Append(new Append
        {
            Stream = stream,
            Version = 1,
            Event = stream.Collection == Collection.LicenseBlocks ? "{\"type\":\"surrendered\"}"u8.ToArray() : "{\"type\":\"registered\"}"u8.ToArray(),
            By = Filings.Tester,
            State = state,
            Sheets = sheets,
        }));
    }

    private string[] SomeCommodities() => [.. Commodities.Where(_ => _random.Below(3) == 0)];

    // Rectangles, some of them with a hole, so that outlines are polygons of one ring and of several.
    private CellSet CellsAtRandom()
    {
        var graticule = Regime.Graticule;
        while (true)
        {
            var corner = graticule.CellAt(50 + (35 * _random.Fraction()), 42 + (12 * _random.Fraction()));
            var (rows, columns, hollow) = (1 + _random.Below(6), 1 + _random.Below(6), _random.Below(4) == 0);
            var cells = CellSet.Of(
                from row in Enumerable.Range(0, rows)
                from column in Enumerable.Range(0, columns)
                where !hollow || row == 0 || column == 0 || row == rows - 1 || column == columns - 1
                select graticule.CellOf(graticule.Row(corner) + row, graticule.Column(corner) + column));
            if (cells.Sheets(graticule).All(Regime.Jurisdiction.Sheets.Contains))
                return cells;
        }
    }

    // On corners of the graticule, as it is written, so that deposits touch outlines and each other.
    private Geometry GroundAtRandom()
    {
        var west = 50 + (_random.Below(35 * 60) / 60.0);
        var south = 42 + (_random.Below(12 * 60) / 60.0);
        (west, south) = (Math.Round(west, 7), Math.Round(south, 7));
        if (_random.Below(4) > 0)
            return Wgs84.Factory.CreatePoint(_random.Below(2) == 0 ? new Coordinate(west, south) : new Coordinate(west + 0.0012345, south + 0.0054321));
        var size = 0.01 * (1 + _random.Below(20));
        return Wgs84.Factory.ToGeometry(new Envelope(west, Math.Round(west + size, 7), south, Math.Round(south + size, 7)));
    }
}
