using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Journal;
using Registry.Actors.Tests.Hosting;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Json;
using Registry.Core.Titles;
using Registry.Formats.VectorTile;

namespace Registry.Actors.Tests.Ground;

/// <summary>A tile takes many turns to draw. Questions and writes have theirs in between, and the tile shows none of it.</summary>
public sealed class TileTurnsTests : IAsyncLifetime
{
    private readonly StepByStep _turns = new();
    private SmallCountry _country = null!;

    public async Task InitializeAsync()
    {
        _country = await SmallCountry.Start(InProcessHost.Start);
        for (var row = 0; row < 10; row++)
        {
            for (var column = 0; column < 9; column++)
                Assert.Null((await _country.Apply($"lb-{row}-{column}", "a", _country.Cells(row, column, 1, 1))).Refusal);
        }
    }

    public async Task DisposeAsync() => await _country.DisposeAsync();

    private Cell Free => _country.Cells(0, 9, 1, 1)[0];

    [Theory]
    [InlineData(3, 5, 2)]
    [InlineData(9, 358, 177)]
    public async Task A_question_and_a_write_that_come_while_a_tile_is_drawn_are_answered_before_it_is_done(int zoom, int column, int row)
    {
        using var sheet = new Sheet(
            _country.Regime.Graticule.SheetOf(Free), _country.Regime, _country.Journal, _country.Clock, new PastSheets(), NullLogger<Sheet>.Instance);
        await sheet.Activate();
        var query = new TileQuery(new TileAddress(zoom, column, row), 1);
        var undisturbed = _turns.Post(() => sheet.Tile(query));
        Assert.InRange(_turns.StepsUntil(undisturbed), 3, 100);
        Assert.NotEmpty((await undisturbed).Bytes);

        var tile = _turns.Post(() => sheet.Tile(query));
        var look = _turns.Post(() => sheet.Look(Free));
        var hold = _turns.Post(() => sheet.Hold(new HoldRequest("w", Written.Stream, CellSet.Of([Free]), HoldMode.Claim)));
        _turns.StepsUntil(look);
        _turns.StepsUntil(hold);
        Assert.True((await hold).IsHeld);
        var settle = _turns.Post(async () =>
        {
            await sheet.Settle(new Settlement("w", Written.Stream, Written));
            return true;
        });
        _turns.StepsUntil(settle);
        Assert.False(tile.IsCompleted);
        _turns.StepsUntil(tile);
        Assert.Equal((await undisturbed).Version, (await tile).Version);
        Assert.Equal((await undisturbed).Bytes, (await tile).Bytes);

        var after = _turns.Post(() => sheet.Tile(query));
        _turns.StepsUntil(after);
        Assert.NotEqual((await tile).Version, (await after).Version);
        Assert.NotEqual((await tile).Bytes, (await after).Bytes);
    }

    private StoredObject Written
    {
        get
        {
            var state = new LicenseBlockState
            {
                Id = "lb-w",
                Kind = LicenseBlockKind.Exploration,
                Status = LicenseBlockStatus.Applied,
                Holder = new Holder("a", "a", "KZ"),
                Cells = CellSet.Of([Free]),
                Commodities = ["copper"],
            };
            var stamp = new Stamp(1_000, _country.Clock.GetUtcNow());
            return new StoredObject(
                new StreamId(Collection.LicenseBlocks, state.Id), 1, stamp, stamp,
                JsonSerializer.SerializeToUtf8Bytes(state, CoreJson.Default.LicenseBlockState));
        }
    }
}
