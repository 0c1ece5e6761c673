using System.Buffers.Binary;
using System.Text;
using Registry.Gateway.Tests.Imports;

namespace Registry.Gateway.Tests.Costs;

/// <summary>The worst zip archives that are known, of a million bytes each, and of some fifty million when inflated.</summary>
internal static class WorstArchives
{
    private const string Shapefile = "application/zip", Kmz = "application/vnd.google-earth.kmz";
    private const int Inflated = 44_000_000;

    // What may be inflated goes by the length of the archive: this part of it does not shrink.
    private const int Padding = 950_000;

    /// <summary>All of them, from a seed.</summary>
    public static IEnumerable<(string What, string MediaType, byte[] File)> All(Random random)
    {
        var padding = new byte[Padding];
        random.NextBytes(padding);
        yield return ("a bomb", Shapefile, Gdal.Zip([("a.shp", new byte[250_000_000])]));
        yield return ("deleted rows", Shapefile, Table(padding, Inflated / 13, "*"));
        yield return ("blank rows", Shapefile, Table(padding, Inflated / 2_553, new string(' ', 2_541), Enumerable.Repeat(254, 10)));
        yield return ("columns of one digit", Shapefile, Table(padding, Inflated / 213, $" {new string('1', 200)}", Enumerable.Repeat(1, 200)));
        yield return ("columns of nothing", Shapefile, Table(padding, 90_000, " ", Enumerable.Repeat(0, 200)));
        yield return ("shapes of many holes", Shapefile, Shapes(padding, Holes()));
        yield return ("placemarks", Kmz, Document(padding, Many("<Placemark/>", 1_300_000)));
        yield return ("more characters than are read", Kmz, Document(padding, new string(' ', Inflated)));
        yield return ("fields of placemarks", Kmz, Document(padding, Many(
            $"<Placemark><ExtendedData>{string.Concat(Enumerable.Range(0, 200).Select(i => $"<Data name='{i}'><value>1</value></Data>"))}</ExtendedData></Placemark>", 1_900)));
        yield return ("coordinates of placemarks", Kmz, Document(padding, Many($"<Placemark><LineString><coordinates>{Many("70,48 71,49 ", 9_000)}</coordinates></LineString></Placemark>", 140)));
    }

    // A table with a shape of no kind beside each row.
    private static byte[] Table(byte[] padding, int rows, string row, IEnumerable<int>? columns = null)
    {
        int[] lengths = [.. columns ?? []];
        var header = new byte[33 + (32 * lengths.Length)];
        header[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), rows);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)header.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(10), (ushort)row.Length);
        for (var i = 0; i < lengths.Length; i++)
        {
            var column = header.AsSpan(32 + (32 * i), 32);
            Encoding.ASCII.GetBytes($"c{i}", column);
            column[11] = (byte)'C';
            column[16] = (byte)lengths[i];
        }

        header[^1] = 0x0D;
        var nothing = new byte[12];
        BinaryPrimitives.WriteInt32BigEndian(nothing.AsSpan(4), 2);
        return Shapes(padding, Many(nothing, rows), [.. header, .. Many(Encoding.ASCII.GetBytes(row), rows)]);
    }

    private static byte[] Shapes(byte[] padding, byte[] records, byte[]? table = null)
    {
        var shapes = new byte[100 + records.Length];
        BinaryPrimitives.WriteInt32BigEndian(shapes, 9994);
        records.CopyTo(shapes, 100);
        return Gdal.Zip(
        [
            ("a.shp", shapes), ("a.prj", Encoding.ASCII.GetBytes(ShapefileSystem)), ("padding", padding), .. table is null ? [] : new[] { ("a.dbf", table) },
        ]);
    }

    // Polygons of 1,990 rings each, half of them holes.
    private static byte[] Holes()
    {
        const int rings = 1_990, positions = 5;
        var shape = new byte[8 + 44 + (4 * rings) + (16 * rings * positions)];
        BinaryPrimitives.WriteInt32BigEndian(shape.AsSpan(4), (shape.Length - 8) / 2);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(8), 5);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(44), rings);
        BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(48), rings * positions);
        for (var ring = 0; ring < rings; ring++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(shape.AsSpan(52 + (4 * ring)), ring * positions);
            var (x, y, size) = (70 + (ring / 2 * 0.001), 48.0, ring % 2 == 0 ? 0.0008 : 0.0004);
            ReadOnlySpan<(double X, double Y)> corners = ring % 2 == 0
                ? [(x, y), (x, y + size), (x + size, y + size), (x + size, y), (x, y)]
                : [(x + 0.0001, y + 0.0001), (x + size, y + 0.0001), (x + size, y + size), (x + 0.0001, y + size), (x + 0.0001, y + 0.0001)];
            for (var i = 0; i < positions; i++)
            {
                var at = 52 + (4 * rings) + (16 * ((ring * positions) + i));
                BinaryPrimitives.WriteDoubleLittleEndian(shape.AsSpan(at), corners[i].X);
                BinaryPrimitives.WriteDoubleLittleEndian(shape.AsSpan(at + 8), corners[i].Y);
            }
        }

        return Many(shape, Inflated / shape.Length);
    }

    private static byte[] Document(byte[] padding, string content) =>
        Gdal.Zip([("doc.kml", Encoding.ASCII.GetBytes($"<kml>{content}</kml>")), ("padding", padding)]);

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static byte[] Many(byte[] bytes, int count)
    {
        var all = new byte[bytes.Length * count];
        for (var i = 0; i < count; i++)
            bytes.CopyTo(all, i * bytes.Length);
        return all;
    }

    private const string ShapefileSystem =
        """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
}
