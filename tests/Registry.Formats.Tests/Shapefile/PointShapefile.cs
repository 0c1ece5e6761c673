using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Registry.Formats.Tests.Shapefile;

/// <summary>Makes zipped shapefiles of points with one column, byte by byte as other programs write them.</summary>
internal sealed record PointShapefile
{
    private const string Wgs84 =
        """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";

    public required byte[][] Names { get; init; }

    public string Column { get; init; } = "name";

    /// <summary>Byte 29 of the .dbf.</summary>
    public byte Driver { get; init; }

    public string? Cpg { get; init; }

    /// <summary>The places of rows that are marked as deleted.</summary>
    public int[] Deleted { get; init; } = [];

    /// <summary>What stands before the names of the entries.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Further entries.</summary>
    public (string Name, byte[] Content)[] Beside { get; init; } = [];

    public static PointShapefile Of(Encoding encoding, params string[] names) => new() { Names = [.. names.Select(encoding.GetBytes)] };

    public byte[] ToZip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("d.shp", Shapes());
            Add("d.dbf", Table());
            Add("d.prj", Encoding.ASCII.GetBytes(Wgs84));
            if (Cpg is not null)
                Add("d.cpg", Encoding.ASCII.GetBytes(Cpg));
            foreach (var (name, content) in Beside)
                Write(name, content);

            void Add(string name, byte[] content) => Write(Folder + name, content);

            void Write(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return memory.ToArray();
    }

    private byte[] Shapes()
    {
        var bytes = new byte[100 + (28 * Names.Length)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 9994);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), bytes.Length / 2);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(32), 1);
        for (var i = 0; i < Names.Length; i++)
        {
            var record = bytes.AsSpan(100 + (28 * i));
            BinaryPrimitives.WriteInt32BigEndian(record, i + 1);
            BinaryPrimitives.WriteInt32BigEndian(record[4..], 10);
            BinaryPrimitives.WriteInt32LittleEndian(record[8..], 1);
            BinaryPrimitives.WriteDoubleLittleEndian(record[12..], 71 + i);
            BinaryPrimitives.WriteDoubleLittleEndian(record[20..], 49);
        }

        return bytes;
    }

    private byte[] Table()
    {
        const int length = 40;
        using var table = new MemoryStream();
        var header = new byte[65];
        header[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), Names.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), 65);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), length + 1);
        header[29] = Driver;
        Encoding.ASCII.GetBytes(Column, header.AsSpan(32));
        header[32 + 11] = (byte)'C';
        header[32 + 16] = length;
        header[64] = 0x0D;
        table.Write(header);
        for (var i = 0; i < Names.Length; i++)
        {
            var row = new byte[length + 1];
            row.AsSpan().Fill((byte)' ');
            if (Deleted.Contains(i))
                row[0] = (byte)'*';
            Names[i].CopyTo(row.AsSpan(1));
            table.Write(row);
        }

        table.WriteByte(0x1A);
        return table.ToArray();
    }
}
