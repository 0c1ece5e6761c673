using Registry.Log.Tiles;

namespace Registry.Log.Tests.Tiles;

public sealed class TileCoordinatesTests
{
    [Theory]
    [InlineData("0/000", 0, 0, 256)]
    [InlineData("63/999", 63, 999, 256)]
    [InlineData("1/x001/x234/067", 1, 1_234_067, 256)]
    [InlineData("entries/x273/112.p/112", TileCoordinates.Entries, 273_112, 112)]
    [InlineData("2/000.p/1", 2, 0, 1)]
    [InlineData("0/x009/x223/x372/x036/x854/x775/807", 0, long.MaxValue, 256)]
    public void A_tile_is_read_and_written(string path, int level, long number, int width)
    {
        Assert.True(TileCoordinates.TryParse(path, out var tile));
        Assert.Equal(new TileCoordinates(level, number, width), tile);
        Assert.Equal(path, tile.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("/000")]
    [InlineData("0/0")]
    [InlineData("0/0000")]
    [InlineData("00/000")]
    [InlineData("01/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("+1/000")]
    [InlineData("0/000/")]
    [InlineData("0//000")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/001")]
    [InlineData("0/x001")]
    [InlineData("0/X001/001")]
    [InlineData("0/x01/001")]
    [InlineData("0/000.p")]
    [InlineData("0/000.p/")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/-1")]
    [InlineData("0/000.p/1/2")]
    [InlineData("0/000.P/1")]
    [InlineData("0/000.p.p/1")]
    [InlineData("0/.p/1")]
    [InlineData("0/x001.p/001")]
    [InlineData("Entries/000")]
    [InlineData("data/000")]
    [InlineData("0/٠٠٠")]
    [InlineData(" 0/000")]
    [InlineData("0/000 ")]
    [InlineData("0/000\n")]
    [InlineData("0/../000")]
    [InlineData("0/%30%30%30")]
    [InlineData("0/x009/x223/x372/x036/x854/x775/808")]
    [InlineData("0/x001/x009/x223/x372/x036/x854/x775/807")]
    public void Any_other_spelling_is_refused(string path) => Assert.False(TileCoordinates.TryParse(path, out _));

    [Fact]
    public void A_long_path_is_refused_without_work() =>
        Assert.False(TileCoordinates.TryParse("0/" + string.Concat(Enumerable.Repeat("x001/", 1_000_000)) + "001", out _));

    [Fact]
    public void The_example_of_the_specification_has_the_tiles_that_it_says()
    {
        var tiles = TileCoordinates.NewSince(0, 70_000).ToList();
        Assert.Equal(273, tiles.Count(tile => tile is { Level: 0, IsFull: true }));
        Assert.Equal(274, tiles.Count(tile => tile.IsEntries));
        Assert.Equal(
            [new(0, 273, 112), new(1, 0, 256), new(1, 1, 17), new(2, 0, 1)],
            tiles.Where(tile => tile.Level > 0 || tile is { Level: 0, IsFull: false }));
        Assert.Equal([new(-1, 0, 256), new(0, 0, 256), new(1, 0, 1)], TileCoordinates.NewSince(0, 256));
        Assert.Empty(TileCoordinates.NewSince(0, 0));
        Assert.Empty(TileCoordinates.NewSince(70_000, 70_000));
    }

    [Fact]
    public void The_tiles_since_a_size_are_those_that_changed()
    {
        for (var (earlier, size) = (0L, 1L); size < 200_000; (earlier, size) = (size, size * 7 / 4 + 3))
        {
            var before = TileCoordinates.NewSince(0, earlier).ToHashSet();
            Assert.Equal(TileCoordinates.NewSince(0, size).Where(tile => !before.Contains(tile)), TileCoordinates.NewSince(earlier, size));
        }
    }

    [Fact]
    public void A_tile_is_within_the_trees_that_have_its_hashes()
    {
        Assert.True(new TileCoordinates(0, 273, 112).IsWithin(70_000));
        Assert.True(new TileCoordinates(0, 273, 111).IsWithin(70_000));
        Assert.False(new TileCoordinates(0, 273, 113).IsWithin(70_000));
        Assert.False(new TileCoordinates(0, 274, 1).IsWithin(70_000));
        Assert.False(new TileCoordinates(8, 0, 1).IsWithin(long.MaxValue));
        Assert.False(new TileCoordinates(63, long.MaxValue, 256).IsWithin(long.MaxValue));
        Assert.True(new TileCoordinates(7, 0, 127).IsWithin(long.MaxValue));
    }
}
