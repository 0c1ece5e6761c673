using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.FlatGeobuf;

/// <summary>Writes FlatGeobuf (https://flatgeobuf.org, version 3) without an index, which can be written as the features come.</summary>
/// <remarks>
/// The number of features is left open. Positions are easting or longitude first whatever the reference system says, as all of
/// FlatGeobuf has them. Lists and objects are columns of JSON.
/// </remarks>
/// <param name="name">The name of the data set.</param>
/// <param name="columns">The columns.</param>
/// <param name="system">The reference system of the geometry.</param>
public sealed class FlatGeobufWriter(string name, IReadOnlyList<FeatureColumn> columns, ReferenceSystem system) : IFeatureWriter
{
    private readonly FeatureRow _row = new(columns, system);
    private readonly FlatBuffer _buffer = new();
    private readonly ArrayBufferWriter<byte> _properties = new();
    private byte[] _text = [];

    private static ReadOnlySpan<byte> Magic => [0x66, 0x67, 0x62, 3, 0x66, 0x67, 0x62, 0];

    /// <inheritdoc/>
    public void Begin(IBufferWriter<byte> output)
    {
        output.Write(Magic);
        // name, envelope, type of geometry (0: each feature says), four dimensions, columns, count, size of index nodes (0: none), crs
        var header = _buffer.Begin(4, 0, 1, 0, 0, 0, 0, 4, 0, 2, 4);
        _buffer.Text(_buffer.Field(header, 0), name);
        var places = _buffer.Vector(_buffer.Field(header, 7), columns.Count, sizeof(uint));
        for (var i = 0; i < columns.Count; i++)
        {
            var column = _buffer.Table(4, 1);
            _buffer.PointTo(places + (i * sizeof(uint)), column);
            _buffer.SetByte(_buffer.Field(column, 1), TypeOf(columns[i].Content));
            _buffer.Text(_buffer.Field(column, 0), columns[i].Name);
        }

        var reference = _buffer.Table(4, 4, 4);
        _buffer.PointTo(_buffer.Field(header, 10), reference);
        _buffer.SetInt32(_buffer.Field(reference, 1), system.Code);
        _buffer.Text(_buffer.Field(reference, 0), "EPSG");
        _buffer.Text(_buffer.Field(reference, 2), system.Name);
        _buffer.End();
        output.Write(_buffer.Written);
    }

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> output, byte[] feature)
    {
        _row.Read(feature);
        var hasGeometry = _row.Geometry.Kind != GeometryKind.None;
        var root = _buffer.Begin(hasGeometry ? (byte)4 : (byte)0, 4);
        if (hasGeometry)
            _buffer.PointTo(_buffer.Field(root, 0), WriteGeometry(_row.Geometry));
        _buffer.Bytes(_buffer.Field(root, 1), EncodeProperties());
        _buffer.End();
        output.Write(_buffer.Written);
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
    }

    /// <summary>The numbers of the types of columns (column.fbs).</summary>
    private static byte TypeOf(ColumnContent content) => content switch
    {
        ColumnContent.Integer => 7,
        ColumnContent.Number => 10,
        ColumnContent.Text => 11,
        ColumnContent.Instant => 13,
        _ => 12,
    };

    private int WriteGeometry(FlatGeometry geometry)
    {
        if (geometry.Kind == GeometryKind.MultiPolygon)
        {
            var count = geometry.PolygonEnds.Count;
            return WriteParts(geometry.Kind, count, i => WriteRings(
                geometry, GeometryKind.Polygon, i == 0 ? 0 : geometry.PolygonEnds[i - 1], geometry.PolygonEnds[i]));
        }

        if (geometry.Kind == GeometryKind.GeometryCollection)
            return WriteParts(geometry.Kind, geometry.ChildCount, i => WriteGeometry(geometry.Child(i)));
        return WriteRings(geometry, geometry.Kind, 0, geometry.LineEnds.Count);
    }

    private int WriteParts(GeometryKind kind, int count, Func<int, int> write)
    {
        var table = _buffer.Table(0, 0, 0, 0, 0, 0, 1, 4);
        _buffer.SetByte(_buffer.Field(table, 6), (byte)kind);
        var places = _buffer.Vector(_buffer.Field(table, 7), count, sizeof(uint));
        for (var i = 0; i < count; i++)
            _buffer.PointTo(places + (i * sizeof(uint)), write(i));
        return table;
    }

    /// <summary>A geometry of positions: all of them where it has no lines, else those of the lines from one to before another.</summary>
    private int WriteRings(FlatGeometry geometry, GeometryKind kind, int first, int end)
    {
        var hasLines = geometry.LineEnds.Count > 0;
        var table = _buffer.Table(hasLines ? (byte)4 : (byte)0, 4, 0, 0, 0, 0, 1);
        _buffer.SetByte(_buffer.Field(table, 6), (byte)kind);
        var start = first == 0 ? 0 : geometry.LineEnds[first - 1];
        var stop = hasLines ? geometry.LineEnds[end - 1] : geometry.Coordinates.Count / 2;
        if (hasLines)
        {
            var ends = _buffer.Vector(_buffer.Field(table, 0), end - first, sizeof(uint));
            for (var i = first; i < end; i++)
                _buffer.SetInt32(ends + ((i - first) * sizeof(uint)), geometry.LineEnds[i] - start);
        }

        _buffer.Doubles(_buffer.Field(table, 1), CollectionsMarshal.AsSpan(geometry.Coordinates)[(start * 2)..(stop * 2)]);
        return table;
    }

    /// <summary>Each value that is there: the number of its column in two bytes, then the value.</summary>
    private ReadOnlySpan<byte> EncodeProperties()
    {
        _properties.ResetWrittenCount();
        for (var i = 0; i < columns.Count; i++)
        {
            var token = _row.Token(i);
            if (token == JsonTokenType.None)
                continue;
            BinaryPrimitives.WriteUInt16LittleEndian(_properties.GetSpan(2), (ushort)i);
            _properties.Advance(2);
            if (token == JsonTokenType.Number)
                WriteNumber(columns[i].Content, _row.Raw(i));
            else
                WriteText(token == JsonTokenType.String ? _row.Text(i, ref _text) : _row.Raw(i));
        }

        return _properties.WrittenSpan;
    }

    private void WriteNumber(ColumnContent content, ReadOnlySpan<byte> raw)
    {
        var json = new Utf8JsonReader(raw);
        json.Read();
        if (content == ColumnContent.Integer)
            BinaryPrimitives.WriteInt64LittleEndian(_properties.GetSpan(8), json.GetInt64());
        else
            BinaryPrimitives.WriteDoubleLittleEndian(_properties.GetSpan(8), json.GetDouble());
        _properties.Advance(8);
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_properties.GetSpan(4), text.Length);
        _properties.Advance(4);
        _properties.Write(text);
    }
}
