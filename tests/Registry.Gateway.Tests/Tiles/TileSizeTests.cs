using Registry.Formats.VectorTile;

namespace Registry.Gateway.Tests.Tiles;

[Collection(OneFullCountry.Name)]
public class TileSizeTests(FullCountry country)
{
    private const int MostBytes = 500_000;

    [Fact]
    public async Task No_tile_of_the_full_country_is_above_500_kB_down_to_zoom_8()
    {
        var largest = 0;
        for (var zoom = 0; zoom <= 8; zoom++)
        {
            foreach (var tile in country.TilesOf(zoom))
                largest = Math.Max(largest, await Check(tile));
        }

        // The country is full: a tile that holds a good part of it cannot be small.
        Assert.True(largest > 100_000, $"The largest tile has {largest} bytes.");
    }

    [Fact]
    public async Task No_deeper_tile_is_above_500_kB()
    {
        var random = new Random(8);
        for (var i = 0; i < 300; i++)
            await Check(country.AnyTile(9 + (i % 7), random));
    }

    private async Task<int> Check(TileAddress tile)
    {
        var bytes = (await country.Tiles.Get(tile)).Bytes.Length;
        Assert.True(bytes <= MostBytes, $"{tile} has {bytes} bytes.");
        return bytes;
    }
}
