using System.Text;
using Registry.Formats.VectorTile;

namespace Registry.Formats.Tests.VectorTile;

public class TileMergeTests
{
    [Fact]
    public void Layers_of_one_name_become_one_and_every_feature_keeps_its_properties()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var expected = new List<string>();
            var tiles = Enumerable.Range(0, random.Next(0, 5)).Select(_ => Tile(random, expected)).ToList();
            var merged = TileMerge.Of(tiles);
            var layers = new List<string>();
            Assert.Equal(expected.Order(StringComparer.Ordinal), Features(merged, layers).Order(StringComparer.Ordinal));
            Assert.Equal(layers.Distinct(), layers);
        }
    }

    [Fact]
    public void A_tile_alone_stays_as_it_is()
    {
        var alone = Tile(new Random(1), []);
        Assert.Same(alone, TileMerge.Of([[], alone, []]));
        Assert.Empty(TileMerge.Of([]));
    }

    [Fact]
    public void A_tile_that_is_cut_short_is_refused()
    {
        var whole = Tile(new Random(1), []);
        Assert.Throws<InvalidDataException>(() => TileMerge.Of([whole, whole[..^1]]));
    }

    private static byte[] Tile(Random random, List<string> expected)
    {
        var layers = new[] { "one", "two" }.Where(_ => random.Next(4) > 0).DefaultIfEmpty("one").Select(name =>
        {
            var layer = new TileLayerWriter(name, "a", "b", "c");
            for (var i = random.Next(1, 20); i > 0; i--)
            {
                var (id, x) = (random.Next(0, 5), random.Next(4096));
                var (text, number) = ("text " + random.Next(4), random.Next(5));
                layer.Tag(0, text);
                layer.Tag(2, number);
                layer.Tag(1, "");
                var point = new TileGeometry();
                point.Point(new TilePoint(x, -x));
                layer.Add((ulong)id, point);
                expected.Add($"{name} {id} a={text} c={number} at {x}");
            }

            return layer;
        });
        return TileBytes.Of([.. layers]);
    }

    private static List<string> Features(byte[] tile, List<string> layers)
    {
        var found = new List<string>();
        for (var fields = new ProtobufReader(tile); fields.Next();)
        {
            var (name, keys, values, features) = ("", new List<string>(), new List<string>(), new List<byte[]>());
            for (var layer = new ProtobufReader(fields.Bytes); layer.Next();)
            {
                switch (layer.Field)
                {
                    case TileFields.LayerName:
                        layers.Add(name = Encoding.UTF8.GetString(layer.Bytes));
                        break;
                    case TileFields.Keys:
                        keys.Add(Encoding.UTF8.GetString(layer.Bytes));
                        break;
                    case TileFields.Values:
                        var value = new ProtobufReader(layer.Bytes);
                        Assert.True(value.Next());
                        values.Add(value.Field == TileFields.TextValue ? Encoding.UTF8.GetString(value.Bytes) : $"{value.Number}");
                        break;
                    case TileFields.Features:
                        features.Add(layer.Bytes.ToArray());
                        break;
                }
            }

            Assert.Equal(values.Distinct(), values);
            found.AddRange(features.Select(feature => Describe(name, feature, keys, values)));
        }

        return found;
    }

    private static string Describe(string layer, byte[] feature, List<string> keys, List<string> values)
    {
        var (id, tags, x) = (0UL, "", 0);
        for (var fields = new ProtobufReader(feature); fields.Next();)
        {
            switch (fields.Field)
            {
                case TileFields.FeatureId:
                    id = fields.Number;
                    break;
                case TileFields.Tags:
                    for (var rest = new ProtobufReader(fields.Bytes); !rest.IsAtEnd;)
                        tags += $" {keys[(int)rest.Varint()]}={values[(int)rest.Varint()]}";
                    break;
                case TileFields.Geometry:
                    var commands = new ProtobufReader(fields.Bytes);
                    commands.Varint();
                    x = (int)(commands.Varint() >> 1);
                    break;
            }
        }

        return $"{layer} {id}{tags} at {x}";
    }
}
