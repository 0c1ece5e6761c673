using System.Text.Json;
using NetTopologySuite.Geometries;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Formats.VectorTile;
using Collection = Registry.Actors.Journal.Collection;

namespace Registry.Actors.Tests.Ground;

/// <summary>Sheets as they stood, over a random history of changes, against a replay of the journal that is written here.</summary>
public sealed class PastTests : IAsyncLifetime
{
    private const int Seed = 20261121;

    private readonly Random _random = new(Seed);
    private readonly List<string> _titles = [];
    private readonly List<string> _deposits = [];
    private SmallCountry _country = null!;
    private int _made;

    public async Task InitializeAsync() => _country = await SmallCountry.Start(Hosting.InProcessHost.Start);

    public Task DisposeAsync() => _country.DisposeAsync().AsTask();

    [Fact]
    public async Task A_thousand_instants_of_a_random_history_are_a_replay_of_the_journal_up_to_there()
    {
        for (var change = 0; change < 600; change++)
            await Change();
        _country.Clock.MoveBy(TimeSpan.FromHours(1));
        var entries = await _country.Journal.Read(0).ToListAsync();
        Assert.True(entries.Count > 250, $"Only {entries.Count} changes were made.");
        var (first, last) = (entries[0].Stamp.At, _country.Clock.GetUtcNow());

        var answers = new Dictionary<DateTimeOffset, string>();
        for (var asked = 0; asked < 1_000; asked++)
        {
            var instant = (asked % 4) switch
            {
                0 => entries[_random.Next(entries.Count)].Stamp.At,
                1 => entries[_random.Next(entries.Count)].Stamp.At - TimeSpan.FromMicroseconds(1),
                _ => first + ((last - first) * _random.NextDouble()),
            };
            var cut = (await _country.Journal.CutAt(instant))!.Value;
            var expected = Replay(entries.TakeWhile(entry => entry.Stamp.At <= instant));
            foreach (var collection in expected.Keys)
                Assert.Equal(expected[collection], await Ask(collection, cut));
            answers[instant] = string.Concat(expected.Values.SelectMany(features => features));
        }

        for (var change = 0; change < 50; change++)
            await Change();
        await _country.Restart();
        foreach (var (instant, text) in answers.Take(100))
        {
            var cut = (await _country.Journal.CutAt(instant))!.Value;
            var again = new List<string>();
            foreach (var collection in new[] { Collection.LicenseBlocks, Collection.Deposits, Collection.Areas })
                again.AddRange(await Ask(collection, cut));
            Assert.Equal(text, string.Concat(again));
        }
    }

    [Fact]
    public async Task Ground_is_given_later_as_it_was_seen_then()
    {
        var seen = new Dictionary<GroundAsAt, string>();
        for (var change = 0; change < 300; change++)
        {
            await Change();
            if (change % 20 == 19)
                seen[await NewestGround()] = await Ground(asAt: null);
        }

        Assert.True(seen.Values.Distinct().Count() > 10, "The ground hardly changed.");
        foreach (var (asAt, ground) in seen)
            Assert.Equal(ground, await Ground(asAt));
        await _country.Restart();
        foreach (var (asAt, ground) in seen)
            Assert.Equal(ground, await Ground(asAt));
    }

    [Fact]
    public async Task Before_the_first_entry_all_ground_is_free()
    {
        var free = await Ground(asAt: null);
        for (var change = 0; change < 30; change++)
            await Change();
        Assert.NotEqual(free, await Ground(asAt: null));
        Assert.Equal(free, await Ground(new GroundAsAt(0, new DateOnly(2026, 3, 1))));
    }

    [Fact]
    public async Task An_area_restricts_ground_on_its_dates_whenever_the_ground_is_asked_for()
    {
        var cell = _country.Cells(0, 0, 1, 1)[0];
        await AddArea(_country.Cells(0, 0, 1, 1), new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 20));
        var cut = (await NewestGround()).Cut;
        _country.Clock.MoveBy(TimeSpan.FromDays(60));
        var sheet = _country.Actors.Sheet(_country.Regime.Graticule.SheetOf(cell));
        foreach (var (day, status) in new[] { (9, CellStatus.Free), (10, CellStatus.Restricted), (20, CellStatus.Restricted), (21, CellStatus.Free) })
        {
            var asAt = new GroundAsAt(cut, new DateOnly(2026, 3, day));
            Assert.Equal(status, (await sheet.LookAsAt(cell, asAt)).Status);
            Assert.Equal(status == CellStatus.Free, (await sheet.FreeAsAt(BoundingBox.World, null, 1_000, asAt)).Contains(cell));
        }
    }

    [Fact]
    public async Task Counters_after_a_random_history_are_those_of_a_sheet_that_is_loaded_anew()
    {
        for (var change = 0; change < 300; change++)
            await Change();
        var newest = (await _country.Journal.Read(0).LastAsync()).Stamp.Sequence;
        var kept = await Statistics(null);

        await _country.Restart();

        Assert.NotEqual("", kept);
        Assert.Equal(await Statistics(null), kept);
        Assert.Equal(await Statistics(newest), kept);
    }

    private async Task<string> Statistics(long? asAt)
    {
        var lines = new List<string>();
        foreach (var sheet in _country.Regime.Jurisdiction.Sheets)
        {
            var counted = await _country.Actors.Sheet(sheet).Statistics(asAt);
            lines.Add($"{sheet} {counted.ClaimedCells} {counted.Objects}");
            lines.AddRange(counted.Tallies.Select(tally => tally.ToString()));
        }

        return string.Join('\n', lines);
    }

    private async Task<List<string>> Ask(Collection collection, long cut)
    {
        var features = new List<string>();
        foreach (var sheet in _country.Regime.Jurisdiction.Sheets)
        {
            var after = 0L;
            SheetPage page;
            do
            {
                page = await _country.Actors.Sheet(sheet).Query(new SheetQuery(collection, BoundingBox.World, after, 7) { AsAt = cut });
                features.AddRange(page.Features.Select(System.Text.Encoding.UTF8.GetString));
                after = page.Last;
            }
            while (page.HasMore);
            var counted = await _country.Actors.Sheet(sheet).Query(new SheetQuery(collection, BoundingBox.World, 0, 0) { AsAt = cut });
            Assert.Equal(page.Matched, counted.Matched);
        }

        return features;
    }

    /// <summary>Every feature of each collection, in the order of first sheets and of registration, after some entries of the journal.</summary>
    private Dictionary<Collection, List<string>> Replay(IEnumerable<Entry> entries)
    {
        var titles = new SortedDictionary<long, Registered<LicenseBlockState>>();
        var deposits = new SortedDictionary<long, Registered<DepositState>>();
        var areas = new SortedDictionary<long, Registered<AreaState>>();
        var first = new Dictionary<StreamId, Stamp>();
        foreach (var entry in entries)
        {
            first.TryAdd(entry.Stream, entry.Stamp);
            var (stamp, place) = (first[entry.Stream], first[entry.Stream].Sequence);
            switch (entry.Stream.Collection)
            {
                case Collection.LicenseBlocks:
                    var change = JsonSerializer.Deserialize(entry.Event, CoreJson.Default.LicenseBlockEvent)!;
                    titles[place] = new(Next(titles.GetValueOrDefault(place)?.State, change), entry.Version, stamp, entry.Stamp);
                    break;
                case Collection.Deposits:
                    var known = deposits.GetValueOrDefault(place)?.State;
                    var state = JsonSerializer.Deserialize(entry.Event, CoreJson.Default.DepositEvent) switch
                    {
                        DepositRegistered e => e.Deposit,
                        DepositAmended e => e.Deposit with { Estimates = known!.Estimates },
                        var other => throw new InvalidOperationException($"{other} is not made here."),
                    };
                    deposits[place] = new(state, entry.Version, stamp, entry.Stamp);
                    break;
                default:
                    var area = (AreaRegistered)JsonSerializer.Deserialize(entry.Event, CoreJson.Default.AreaEvent)!;
                    areas[place] = new(area.Area, entry.Version, stamp, entry.Stamp);
                    break;
            }
        }

        var owners = new Dictionary<Cell, string>();
        foreach (var title in titles.Values.Where(title => title.State.Status
            is LicenseBlockStatus.Applied or LicenseBlockStatus.Queued or LicenseBlockStatus.Granted))
        {
            foreach (var cell in title.State.Cells)
                owners.TryAdd(cell, title.State.Id);
        }

        var regime = _country.Regime;
        string? OwnerUnder(DepositState deposit) =>
            owners.GetValueOrDefault(regime.Graticule.CellAt(deposit.Geometry.Coordinate.X, deposit.Geometry.Coordinate.Y));
        return new()
        {
            [Collection.LicenseBlocks] = InOrder(titles.Values, title => [.. title.State.Cells.Select(regime.Graticule.SheetOf)],
                title => FeatureWriter.Encode(regime, title, withCells: false)),
            [Collection.Deposits] = InOrder(deposits.Values, deposit => SheetsOf.Deposit(regime, deposit.State),
                deposit => FeatureWriter.Encode(deposit, OwnerUnder(deposit.State) is { } owner ? [owner] : [])),
            [Collection.Areas] = InOrder(areas.Values, area => SheetsOf.Area(regime, area.State), FeatureWriter.Encode),
        };
    }

    private static LicenseBlockState Next(LicenseBlockState? state, LicenseBlockEvent change) => change switch
    {
        Applied e => new LicenseBlockState
        {
            Id = e.Id,
            Kind = e.Kind,
            Status = e.Queued ? LicenseBlockStatus.Queued : LicenseBlockStatus.Applied,
            Holder = e.Holder,
            Cells = e.Cells,
            Polygon = e.Polygon,
            Commodities = e.Commodities,
        },
        Reconsidered e => state! with
        {
            Cells = CellSet.Of(state.Cells.Where(cell => !e.Struck.Contains(cell))),
            Status = e.Queued ? LicenseBlockStatus.Queued : LicenseBlockStatus.Applied,
        },
        Granted e => state! with { Status = LicenseBlockStatus.Granted, Number = e.Number, GrantedOn = e.GrantedOn, ExpiresOn = e.ExpiresOn },
        Relinquished e => state! with { Cells = CellSet.Of(state.Cells.Where(cell => !e.Cells.Contains(cell))) },
        Refused => state! with { Status = LicenseBlockStatus.Refused },
        Withdrawn => state! with { Status = LicenseBlockStatus.Withdrawn },
        Surrendered => state! with { Status = LicenseBlockStatus.Surrendered },
        _ => throw new InvalidOperationException($"{change} is not made here."),
    };

    private static List<string> InOrder<TState>(
        IEnumerable<Registered<TState>> objects, Func<Registered<TState>, IReadOnlyList<SheetId>> sheets, Func<Registered<TState>, byte[]> encode)
        where TState : class =>
        [.. objects.Where(known => sheets(known).Count > 0).OrderBy(known => sheets(known).Min()).Select(known => System.Text.Encoding.UTF8.GetString(encode(known)))];

    private async Task Change()
    {
        if (_random.Next(3) > 0)
            _country.Clock.MoveBy(TimeSpan.FromMinutes(_random.Next(1, 600)));
        switch (_random.Next(12))
        {
            case 0 or 1 or 2 or 3:
                var (height, width) = (_random.Next(1, 4), _random.Next(1, 4));
                var id = $"lb-{++_made}";
                var filed = await _country.Apply(
                    id, "a", _country.Cells(_random.Next(-10, 10 - height), _random.Next(-10, 10 - width), height, width), _random.Next(2) == 0);
                if (filed.Refusal is null)
                    _titles.Add(id);
                break;
            case 4 or 5 when _titles.Count > 0:
                await _country.Decide(OneOf(_titles), _random.Next(4) == 0 ? new Refuse("No.") : new Grant());
                break;
            case 6 or 7 when _titles.Count > 0:
                await ByHolder(OneOf(_titles));
                break;
            case 8 when _deposits.Count > 0:
                var moved = Deposit(OneOf(_deposits));
                await _country.Actors.Deposit(moved.Id).Amend(_country.By(SmallCountry.Registrar), moved);
                break;
            case 9 when _random.Next(8) == 0:
                await AddArea();
                break;
            case 10:
                await _country.RunDeadlines();
                break;
            default:
                var added = Deposit($"dep-{++_made}");
                Assert.Null((await _country.Actors.Deposit(added.Id).Register(_country.By(SmallCountry.Registrar), added)).Refusal);
                _deposits.Add(added.Id);
                break;
        }
    }

    // Refusals are part of it: a title may be in any status.
    private async Task ByHolder(string id)
    {
        var cells = (await _country.Actors.LicenseBlock(id).Get())!.State.Cells;
        LicenseBlockCommand command = _random.Next(3) switch
        {
            0 => new Withdraw(),
            1 => new Surrender(),
            _ => new Relinquish(CellSet.Of(cells.Where(cell => cell == cells[0]))),
        };
        await _country.Actors.LicenseBlock(id).Carry(_country.By(SmallCountry.Applicant("a")), command);
    }

    private async Task<GroundAsAt> NewestGround() => new(
        (await _country.Journal.Read(0).LastAsync()).Stamp.Sequence, _country.Regime.Calendar.DateOf(_country.Clock.GetUtcNow()));

    /// <summary>All that the sheets say of ground, as text: each cell, what is free, what a search for areas takes, tiles of two zooms.</summary>
    private async Task<string> Ground(GroundAsAt? asAt)
    {
        var text = new System.Text.StringBuilder();
        var graticule = _country.Regime.Graticule;
        foreach (var cells in _country.Cells(-10, -10, 20, 20).GroupBy(graticule.SheetOf).OrderBy(sheet => sheet.Key))
        {
            var sheet = _country.Actors.Sheet(cells.Key);
            foreach (var cell in cells)
            {
                var view = asAt is { } past ? await sheet.LookAsAt(cell, past) : await sheet.Look(cell);
                text.AppendLine($"{cell} {view.Status} {view.LicenseBlock} {view.ClaimantStatus} {string.Join(' ', view.Queue)} {view.Area}");
            }

            var free = asAt is { } then
                ? await sheet.FreeAsAt(BoundingBox.World, null, 1_000, then) : await sheet.Free(BoundingBox.World, null, 1_000);
            text.AppendLine(string.Join(' ', free));
            var open = await sheet.OpenGround(new OpenGroundQuery(true, true, BoundingBox.World, []) { AsAt = asAt });
            text.AppendLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(open.FreeCells)));
            text.AppendLine(string.Join(' ', open.Areas.Select(area => area.Id).Concat(open.Deposits.Select(deposit => deposit.Name))));
            foreach (var tile in new[] { new TileAddress(3, 5, 2), new TileAddress(9, 358, 177) })
                text.AppendLine(Convert.ToHexString((await sheet.Tile(new TileQuery(tile, 0.25) { AsAt = asAt })).Bytes));
        }

        return text.ToString();
    }

    private Task AddArea() => AddArea(_country.Cells(_random.Next(-10, 10), _random.Next(-10, 10), 1, 1));

    private async Task AddArea(CellSet cells, DateOnly? validFrom = null, DateOnly? validTo = null)
    {
        var id = $"area-{++_made}";
        var answer = await _country.Actors.Area(id).Register(_country.By(SmallCountry.Registrar), new AreaState
        {
            Id = id,
            Name = id,
            Effect = RestrictionEffect.Exclude,
            Geometry = BoundingBox.Of(_country.Regime.Graticule, cells).ToPolygon(),
            LegalBasis = "Act",
            Cells = cells,
            ValidFrom = validFrom,
            ValidTo = validTo,
        });
        Assert.Null(answer.Refusal);
    }

    private DepositState Deposit(string id) => new()
    {
        Id = id,
        Name = $"{id} {_random.Next(100)}",
        Status = (DepositStatus)_random.Next(5),
        Geometry = Wgs84.Factory.CreatePoint(new Coordinate(72 + ((_random.NextDouble() - 0.5) / 3.1), 48 + ((_random.NextDouble() - 0.5) / 3.1))),
        Commodities = _random.Next(2) == 0 ? ["copper"] : ["gold", "lithium"],
    };

    private string OneOf(List<string> ids) => ids[_random.Next(ids.Count)];
}
