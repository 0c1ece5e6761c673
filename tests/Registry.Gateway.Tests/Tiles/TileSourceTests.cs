using Registry.Core.Countries;
using Registry.Formats.VectorTile;
using Registry.Gateway.Sheets;
using Registry.Gateway.Tiles;
using Registry.Storage.InMemory;

namespace Registry.Gateway.Tests.Tiles;

public class TileSourceTests
{
    // In the middle of M-42, and on no other sheet.
    private static readonly TileAddress OneSheet = new(9, 353, 174);

    [Fact]
    public async Task Requests_for_one_tile_at_the_same_time_make_it_once()
    {
        var (source, world) = Make();
        var asked = Enumerable.Range(0, 20).Select(_ => source.Get(OneSheet).AsTask()).ToList();
        Assert.Equal(1, world.TilesAsked);
        world.Waiting.Dequeue().SetResult();
        var made = await Task.WhenAll(asked);
        Assert.All(made, tile => Assert.Same(made[0], tile));
        Assert.Same(made[0], await source.Get(OneSheet));
        Assert.Equal(1, source.Made);
    }

    [Fact]
    public async Task Who_comes_after_a_change_is_not_given_a_tile_that_was_begun_before_it()
    {
        var (source, world) = Make();
        var before = source.Get(OneSheet).AsTask();
        world.Change();
        var after = source.Get(OneSheet).AsTask();
        world.Waiting.Dequeue().SetResult();
        var old = await before;
        // The one that came after finds the tile out of date and has it made again.
        while (!world.Waiting.TryPeek(out _))
            await Task.Yield();
        world.Waiting.Dequeue().SetResult();
        Assert.NotEqual(old.ETag, (await after).ETag);
        Assert.Equal(2, source.Made);
    }

    [Fact]
    public async Task A_kept_tile_is_made_again_after_a_change()
    {
        var (source, world) = Make();
        var first = source.Get(OneSheet).AsTask();
        world.Waiting.Dequeue().SetResult();
        await first;
        world.Change();
        var second = source.Get(OneSheet).AsTask();
        world.Waiting.Dequeue().SetResult();
        Assert.NotEqual((await first).ETag, (await second).ETag);
    }

    [Fact]
    public async Task A_tile_that_could_not_be_made_is_made_for_the_next()
    {
        var (source, world) = Make();
        var failing = source.Get(OneSheet).AsTask();
        world.Waiting.Dequeue().SetException(new InvalidOperationException("no answer"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing);
        var next = source.Get(OneSheet).AsTask();
        world.Waiting.Dequeue().SetResult();
        Assert.Empty((await next).Bytes);
    }

    [Fact]
    public async Task Who_asks_for_a_version_during_a_question_shares_the_next_one()
    {
        var (actors, world) = SheetsThatWait.Make();
        var versions = new SheetVersions(actors);
        var sheet = Regimes.Kazakhstan.Jurisdiction.Sheets[0];
        var waiting = world.WaitingForVersions = new();
        var first = versions.Of(sheet);
        var later = Enumerable.Range(0, 10).Select(_ => versions.Of(sheet)).ToList();
        Assert.Equal(1, world.VersionsAsked);
        world.Change();
        waiting.Dequeue().SetResult();
        while (!waiting.TryPeek(out _))
            await Task.Yield();
        waiting.Dequeue().SetResult();
        Assert.Equal(0, (await first).Changes);
        Assert.All(await Task.WhenAll(later), version => Assert.Equal(1, version.Changes));
        Assert.Equal(2, world.VersionsAsked);
    }

    [Fact]
    public void The_cache_keeps_no_more_than_its_bytes_and_what_is_used_stays_longest()
    {
        const int tileBytes = 10_000;
        var cache = new TileCache(100_000);
        for (var column = 0; column < 100; column++)
        {
            cache.Keep(new CachedTile("", new TileAddress(10, column, 0), [], [], new byte[tileBytes]));
            Assert.True(cache.Bytes <= 100_000);
            Assert.NotNull(cache.Find(new TileAddress(10, 0, 0)));
        }

        Assert.Null(cache.Find(new TileAddress(10, 50, 0)));
        Assert.NotNull(cache.Find(new TileAddress(10, 99, 0)));
        cache.Keep(new CachedTile("", new TileAddress(10, 0, 0), [], [], new byte[200_000]));
        Assert.Null(cache.Find(new TileAddress(10, 0, 0)));
        Assert.True(cache.Bytes <= 100_000);
    }

    private static (TileSource Source, SheetsThatWait World) Make()
    {
        var (actors, world) = SheetsThatWait.Make();
        var regime = Regimes.Kazakhstan;
        return (new TileSource(actors, regime, new SheetPlan(regime), new SheetVersions(actors), new TileCache(), new JournalIdentity(new InMemoryJournal(TimeProvider.System))), world);
    }
}
