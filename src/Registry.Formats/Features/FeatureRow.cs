using System.Text.Json;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Features;

/// <summary>
/// A feature as a row of a table, read from the GeoJSON that a sheet keeps. Made to be used again and again: reading a feature forgets
/// the one before, and copies nothing but the geometry.
/// </summary>
/// <param name="columns">Which values to find.</param>
/// <param name="system">Where positions are wanted.</param>
public sealed class FeatureRow(IReadOnlyList<FeatureColumn> columns, ReferenceSystem system)
{
    private readonly (int Start, int End, JsonTokenType Token)[] _values = new (int, int, JsonTokenType)[columns.Count];
    private byte[] _feature = [];

    /// <summary>The columns.</summary>
    public IReadOnlyList<FeatureColumn> Columns => columns;

    /// <summary>The geometry.</summary>
    public FlatGeometry Geometry { get; } = new();

    /// <summary>Reads a feature.</summary>
    /// <param name="feature">A GeoJSON Feature in UTF-8, as the registry encodes it.</param>
    public void Read(byte[] feature)
    {
        _feature = feature;
        Array.Clear(_values);
        var json = new Utf8JsonReader(feature);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isGeometry = json.ValueTextEquals("geometry"u8);
            var isProperties = json.ValueTextEquals("properties"u8);
            json.Read();
            if (isGeometry)
                Geometry.Read(ref json, system);
            else if (isProperties)
                ReadMembers(ref json, 0, []);
            else
                json.Skip();
        }
    }

    /// <summary>The token with which a value begins; none where the feature lacks it or has null.</summary>
    public JsonTokenType Token(int column) => _values[column].Token;

    /// <summary>A value as it stands in the JSON, quotes and escapes included.</summary>
    public ReadOnlySpan<byte> Raw(int column) => _feature.AsSpan(_values[column].Start.._values[column].End);

    /// <summary>A text as it is meant, in UTF-8.</summary>
    /// <param name="column">A column whose token is a string.</param>
    /// <param name="buffer">Room, for a text that is escaped in the JSON.</param>
    public ReadOnlySpan<byte> Text(int column, ref byte[] buffer)
    {
        var raw = Raw(column);
        if (!raw.Contains((byte)'\\'))
            return raw[1..^1];
        var json = new Utf8JsonReader(raw);
        json.Read();
        if (buffer.Length < raw.Length)
            buffer = new byte[raw.Length];
        return buffer.AsSpan(0, json.CopyString(buffer));
    }

    private void ReadMembers(ref Utf8JsonReader json, int depth, ReadOnlySpan<byte> parent)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            var column = IndexOf(depth, parent, name);
            json.Read();
            if (column >= 0)
            {
                var start = (int)json.TokenStartIndex;
                var token = json.TokenType == JsonTokenType.Null ? JsonTokenType.None : json.TokenType;
                json.Skip();
                _values[column] = (start, (int)json.BytesConsumed, token);
            }
            else if (depth == 0 && json.TokenType == JsonTokenType.StartObject)
            {
                ReadMembers(ref json, 1, name);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private int IndexOf(int depth, ReadOnlySpan<byte> parent, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var path = columns[i].Path;
            if (path.Length == depth + 1 && name.SequenceEqual(path[depth]) && (depth == 0 || parent.SequenceEqual(path[0])))
                return i;
        }

        return -1;
    }
}
