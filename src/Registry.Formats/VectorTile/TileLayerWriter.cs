namespace Registry.Formats.VectorTile;

/// <summary>Writes one layer of a vector tile (Mapbox Vector Tile 2.1, section 4.1): features, and the texts and numbers that they share.</summary>
/// <param name="name">The layer's name.</param>
/// <param name="keys">The names of its properties; <see cref="Tag(int, string)"/> names one by its place.</param>
public sealed class TileLayerWriter(string name, params IReadOnlyList<string> keys)
{
    // More than the fixed parts of a feature take: its number, its type, the lengths.
    private const int FeatureOverhead = 24;

    private readonly ProtobufWriter _features = new();
    private readonly ProtobufWriter _values = new();
    private readonly ProtobufWriter _scratch = new();
    private readonly ProtobufWriter _tags = new();
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _numbers = [];

    /// <summary>About how many bytes the layer takes so far; never less than it takes.</summary>
    public int Length => _features.Length + _values.Length;

    /// <summary>Whether it has no features.</summary>
    public bool IsEmpty => _features.Length == 0;

    /// <summary>Whether a geometry fits into so many bytes beside what is there.</summary>
    public bool HasRoom(TileGeometry geometry, int mostBytes) => Length + geometry.Length + FeatureOverhead <= mostBytes;

    /// <summary>Gives the next feature a property that is a text; an absent or empty one is left out.</summary>
    public void Tag(int key, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        if (!_texts.TryGetValue(value, out var place))
        {
            _texts.Add(value, place = _texts.Count + _numbers.Count);
            _scratch.Clear();
            _scratch.Text(TileFields.TextValue, value);
            _values.Bytes(TileFields.Values, _scratch.Written);
        }

        Tag(key, place);
    }

    /// <summary>Gives the next feature a property that is a number of things.</summary>
    public void Tag(int key, long value)
    {
        if (!_numbers.TryGetValue(value, out var place))
        {
            _numbers.Add(value, place = _texts.Count + _numbers.Count);
            _scratch.Clear();
            _scratch.Varint(TileFields.UnsignedValue, (ulong)value);
            _values.Bytes(TileFields.Values, _scratch.Written);
        }

        Tag(key, place);
    }

    /// <summary>Adds a feature with the properties given since the last one.</summary>
    /// <param name="id">Its number; 0 for none.</param>
    /// <param name="geometry">Its geometry; not empty.</param>
    public void Add(ulong id, TileGeometry geometry)
    {
        _scratch.Clear();
        if (id != 0)
            _scratch.Varint(TileFields.FeatureId, id);
        _scratch.Bytes(TileFields.Tags, _tags.Written);
        _scratch.Varint(TileFields.Type, (ulong)geometry.Type);
        _scratch.Bytes(TileFields.Geometry, geometry.Commands);
        _features.Bytes(TileFields.Features, _scratch.Written);
        _tags.Clear();
    }

    /// <summary>Writes the layer into a tile, unless it is empty.</summary>
    internal void WriteTo(ProtobufWriter tile)
    {
        if (IsEmpty)
            return;
        _scratch.Clear();
        _scratch.Text(TileFields.LayerName, name);
        _scratch.Raw(_features.Written);
        foreach (var key in keys)
            _scratch.Text(TileFields.Keys, key);
        _scratch.Raw(_values.Written);
        _scratch.Varint(TileFields.LayerExtent, TileFrame.Extent);
        _scratch.Varint(TileFields.LayerVersion, TileFields.Version);
        tile.Bytes(TileFields.Layers, _scratch.Written);
    }

    private void Tag(int key, int value)
    {
        _tags.Varint((ulong)key);
        _tags.Varint((ulong)value);
    }
}

/// <summary>A whole vector tile.</summary>
public static class TileBytes
{
    /// <summary>The media type of vector tiles.</summary>
    public const string MediaType = "application/vnd.mapbox-vector-tile";

    /// <summary>A tile of layers, in their order; empty when all of them are.</summary>
    public static byte[] Of(params ReadOnlySpan<TileLayerWriter> layers)
    {
        var tile = new ProtobufWriter();
        foreach (var layer in layers)
            layer.WriteTo(tile);
        return tile.Written.ToArray();
    }
}
