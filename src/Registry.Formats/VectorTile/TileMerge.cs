using System.Text;

namespace Registry.Formats.VectorTile;

/// <summary>
/// Puts the tiles of several sheets together: the standard wants one layer of a name, so features of the same layer move together,
/// and their keys and values become one list of each.
/// </summary>
public static class TileMerge
{
    /// <summary>One tile of several.</summary>
    /// <param name="tiles">The tiles, each as <see cref="TileBytes"/> writes it. They are not changed; one alone is given back as it is.</param>
    public static byte[] Of(IReadOnlyList<byte[]> tiles)
    {
        byte[][] filled = [.. tiles.Where(tile => tile.Length > 0)];
        if (filled.Length < 2)
            return filled.Length == 0 ? [] : filled[0];
        var layers = new List<Layer>();
        foreach (var tile in filled)
        {
            var fields = new ProtobufReader(tile);
            while (fields.Next())
                Add(layers, fields.Bytes);
        }

        var merged = new ProtobufWriter();
        foreach (var layer in layers)
            layer.WriteTo(merged);
        return merged.Written.ToArray();
    }

    private static void Add(List<Layer> layers, ReadOnlySpan<byte> bytes)
    {
        var name = "";
        for (var fields = new ProtobufReader(bytes); fields.Next();)
        {
            if (fields.Field == TileFields.LayerName)
                name = Encoding.UTF8.GetString(fields.Bytes);
        }

        var layer = layers.Find(known => known.Name == name);
        if (layer is null)
            layers.Add(layer = new Layer(name));
        layer.Add(bytes);
    }

    private sealed class Layer(string name)
    {
        private readonly ProtobufWriter _features = new();
        private readonly Table _keys = new();
        private readonly Table _values = new();
        private readonly ProtobufWriter _feature = new();
        private readonly ProtobufWriter _tags = new();

        public string Name => name;

        public void Add(ReadOnlySpan<byte> layer)
        {
            var keys = new List<int>();
            var values = new List<int>();
            // Keys and values follow the features that use them.
            for (var fields = new ProtobufReader(layer); fields.Next();)
            {
                if (fields.Field == TileFields.Keys)
                    keys.Add(_keys.PlaceOf(fields.Bytes));
                else if (fields.Field == TileFields.Values)
                    values.Add(_values.PlaceOf(fields.Bytes));
            }

            for (var fields = new ProtobufReader(layer); fields.Next();)
            {
                if (fields.Field == TileFields.Features)
                    AddFeature(fields.Bytes, keys, values);
            }
        }

        public void WriteTo(ProtobufWriter tile)
        {
            var layer = new ProtobufWriter();
            layer.Text(TileFields.LayerName, name);
            layer.Raw(_features.Written);
            _keys.WriteTo(layer, TileFields.Keys);
            _values.WriteTo(layer, TileFields.Values);
            layer.Varint(TileFields.LayerExtent, TileFrame.Extent);
            layer.Varint(TileFields.LayerVersion, TileFields.Version);
            tile.Bytes(TileFields.Layers, layer.Written);
        }

        private void AddFeature(ReadOnlySpan<byte> feature, List<int> keys, List<int> values)
        {
            _feature.Clear();
            for (var fields = new ProtobufReader(feature); fields.Next();)
            {
                switch (fields.Field)
                {
                    case TileFields.Tags:
                        _tags.Clear();
                        for (var tags = new ProtobufReader(fields.Bytes); !tags.IsAtEnd;)
                        {
                            _tags.Varint((ulong)keys[(int)tags.Varint()]);
                            _tags.Varint((ulong)values[(int)tags.Varint()]);
                        }

                        _feature.Bytes(TileFields.Tags, _tags.Written);
                        break;
                    case TileFields.Geometry:
                        _feature.Bytes(TileFields.Geometry, fields.Bytes);
                        break;
                    default:
                        _feature.Varint(fields.Field, fields.Number);
                        break;
                }
            }

            _features.Bytes(TileFields.Features, _feature.Written);
        }
    }

    /// <summary>Encoded keys or values, each once, in the order of their first use.</summary>
    private sealed class Table
    {
        // One character a byte: a dictionary then finds bytes by their content, without a comparer of its own.
        private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
        private readonly List<byte[]> _entries = [];

        public int PlaceOf(ReadOnlySpan<byte> entry)
        {
            var key = Encoding.Latin1.GetString(entry);
            if (_places.TryGetValue(key, out var place))
                return place;
            _places.Add(key, place = _entries.Count);
            _entries.Add(entry.ToArray());
            return place;
        }

        public void WriteTo(ProtobufWriter layer, int field)
        {
            foreach (var entry in _entries)
                layer.Bytes(field, entry);
        }
    }
}
