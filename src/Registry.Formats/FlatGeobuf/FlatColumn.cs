using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Registry.Core.GeoJson;
using Registry.Formats.Encodings;
using Registry.Formats.Features;

namespace Registry.Formats.FlatGeobuf;

/// <summary>A column of a FlatGeobuf file, and how its values are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The number of its type (ColumnType in header.fbs).</param>
internal readonly record struct FlatColumn(string Name, byte Type)
{
    /// <summary>The columns that a header names.</summary>
    public static IReadOnlyList<FlatColumn> All(FlatTable header, SourceLimits limits)
    {
        const int field = 7;
        var count = header.Vector(field, sizeof(uint)).Length / sizeof(uint);
        if (count > limits.Columns)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The file has more than {limits.Columns} columns."));
        var columns = new List<FlatColumn>();
        for (var i = 0; i < count; i++)
        {
            var column = header.TableOf(field, i);
            // Checked one by one: columns can share one long name.
            var name = column.Text(0) ?? throw new SourceException("A column has no name.");
            limits.CheckName(name);
            columns.Add(new FlatColumn(name, column.Byte(1)));
        }

        if (columns.GroupBy(column => column.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw new SourceException($"The file has the column \"{JsonTokens.Shortened(twice)}\" twice.");
        return columns;
    }

    /// <summary>The properties of a feature: each is the number of its column and its value.</summary>
    public static JsonElement Read(IReadOnlyList<FlatColumn> columns, ReadOnlySpan<byte> values, SourceLimits limits)
    {
        var properties = new PropertyText(limits);
        var seen = new bool[columns.Count];
        // A byte on its own is no number of a column; some writers leave one at the end, and other readers pass over it.
        while (values.Length >= sizeof(ushort))
        {
            var number = BinaryPrimitives.ReadUInt16LittleEndian(Take(ref values, sizeof(ushort)));
            if (number >= columns.Count || seen[number])
                throw new SourceException("The properties name a column that the file does not have, or one twice.");
            seen[number] = true;
            columns[number].Read(ref values, properties);
        }

        return properties.End();
    }

    private void Read(ref ReadOnlySpan<byte> values, PropertyText properties)
    {
        switch (Type)
        {
            case 0:
                properties.Add(Name, (sbyte)Take(ref values, 1)[0]);
                break;
            case 1:
                properties.Add(Name, (long)Take(ref values, 1)[0]);
                break;
            case 2:
                properties.Add(Name, Take(ref values, 1)[0] != 0);
                break;
            case 3:
                properties.Add(Name, (long)BinaryPrimitives.ReadInt16LittleEndian(Take(ref values, sizeof(short))));
                break;
            case 4:
                properties.Add(Name, (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(ref values, sizeof(ushort))));
                break;
            case 5:
                properties.Add(Name, (long)BinaryPrimitives.ReadInt32LittleEndian(Take(ref values, sizeof(int))));
                break;
            case 6:
                properties.Add(Name, (long)BinaryPrimitives.ReadUInt32LittleEndian(Take(ref values, sizeof(uint))));
                break;
            case 7:
                properties.Add(Name, BinaryPrimitives.ReadInt64LittleEndian(Take(ref values, sizeof(long))));
                break;
            case 8:
                properties.Add(Name, (double)BinaryPrimitives.ReadUInt64LittleEndian(Take(ref values, sizeof(ulong))));
                break;
            case 9:
                properties.Add(Name, (double)BinaryPrimitives.ReadSingleLittleEndian(Take(ref values, sizeof(float))));
                break;
            case 10:
                properties.Add(Name, BinaryPrimitives.ReadDoubleLittleEndian(Take(ref values, sizeof(double))));
                break;
            case 11 or 12 or 13:
                properties.Add(Name, TextOf(TakeLong(ref values)));
                break;
            case 14:
                properties.AddBytes(Name, TakeLong(ref values).Length);
                break;
            default:
                throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"Column \"{JsonTokens.Shortened(Name)}\" is of the unknown type {Type}."));
        }
    }

    private string TextOf(ReadOnlySpan<byte> bytes)
    {
        var fault = EncodedText.TryRead(bytes, TextEncodings.Utf8, out var text);
        return text ?? throw new SourceException(string.Create(CultureInfo.InvariantCulture,
            $"Column \"{JsonTokens.Shortened(Name)}\" is not UTF-8, as FlatGeobuf has it (its byte {fault})."));
    }

    private static ReadOnlySpan<byte> TakeLong(ref ReadOnlySpan<byte> values)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref values, sizeof(uint)));
        return length <= values.Length ? Take(ref values, (int)length) : throw CutShort();
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> values, int count)
    {
        if (values.Length < count)
            throw CutShort();
        var taken = values[..count];
        values = values[count..];
        return taken;
    }

    private static SourceException CutShort() => new("The properties are cut short.");
}
