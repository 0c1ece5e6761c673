using System.Text;

namespace Registry.Formats.Tests.FlatGeobuf;

/// <summary>Makes FlatGeobuf files of polygons with one ring and one column, <c>name</c>, byte by byte.</summary>
internal static class FlatFile
{
    public static byte[] Of(IEnumerable<(string Name, (double X, double Y)[] Ring)> features)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("fgb\u0003fgb\u0000"u8);
        var all = features.ToList();
        Sized(writer, Header(all.Count));
        foreach (var (name, ring) in all)
            Sized(writer, Feature(name, ring));
        return file.ToArray();
    }

    private static void Sized(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    // Tables lie before what they point to, as offsets only lead forward; each vtable stands before its table.
    private static byte[] Header(int count) => Build(writer =>
    {
        // type of geometry (2), columns (7), count (8), size of index nodes (9).
        var columns = Table(writer, (2, 1, 3), (7, 4, 0), (8, 8, count), (9, 2, 0))[7];
        Point(writer, columns);
        writer.Write(1);
        var offset = (int)writer.BaseStream.Position;
        writer.Write(0);
        var table = Table(writer, (0, 4, 0), (1, 1, 11));
        var end = writer.BaseStream.Position;
        writer.BaseStream.Position = offset;
        writer.Write(table[-1] - offset);
        writer.BaseStream.Position = end;
        Point(writer, table[0]);
        writer.Write(4);
        writer.Write("name"u8);
    });

    private static byte[] Feature(string name, (double X, double Y)[] ring) => Build(writer =>
    {
        var feature = Table(writer, (0, 4, 0), (1, 4, 0));
        var value = Encoding.UTF8.GetBytes(name);
        Point(writer, feature[1]);
        writer.Write(6 + value.Length);
        writer.Write((short)0);
        writer.Write(value.Length);
        writer.Write(value);
        var geometryField = feature[0];
        var geometry = Table(writer, (1, 4, 0));
        var end = writer.BaseStream.Position;
        writer.BaseStream.Position = geometryField;
        writer.Write(geometry[-1] - geometryField);
        writer.BaseStream.Position = end;
        Point(writer, geometry[1]);
        writer.Write(2 * ring.Length);
        foreach (var (x, y) in ring)
        {
            writer.Write(x);
            writer.Write(y);
        }
    });

    private static byte[] Build(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(0);
        write(writer);
        var bytes = memory.ToArray();
        // The root table is the first, behind its vtable, whose length the first two bytes behind the root's offset say.
        BitConverter.TryWriteBytes(bytes, 4 + BitConverter.ToInt16(bytes, 4));
        return bytes;
    }

    /// <summary>Writes a vtable and its table; says where each field lies, and under -1 where the table does.</summary>
    private static Dictionary<int, int> Table(BinaryWriter writer, params (int Field, int Size, long Value)[] fields)
    {
        var last = fields.Max(field => field.Field);
        var (vtableLength, offsets) = (4 + (2 * (last + 1)), new short[last + 1]);
        var at = 4;
        foreach (var (field, size, _) in fields)
        {
            offsets[field] = (short)at;
            at += size;
        }

        writer.Write((short)vtableLength);
        writer.Write((short)at);
        foreach (var offset in offsets)
            writer.Write(offset);
        var table = (int)writer.BaseStream.Position;
        writer.Write(vtableLength);
        foreach (var (_, size, value) in fields)
            writer.Write(BitConverter.GetBytes(value).AsSpan(0, size));
        var places = fields.ToDictionary(field => field.Field, field => table + offsets[field.Field]);
        places[-1] = table;
        return places;
    }

    // Makes a field point to here.
    private static void Point(BinaryWriter writer, int field)
    {
        var here = (int)writer.BaseStream.Position;
        writer.BaseStream.Position = field;
        writer.Write(here - field);
        writer.BaseStream.Position = here;
    }
}
