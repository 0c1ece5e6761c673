using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.Zip;

namespace Registry.Formats.Shapefile;

/// <summary>Where the reading of a zipped shapefile stands: its shapes and the rows of its table go side by side.</summary>
internal sealed class ShapefileWalk(Stream file, Encoding? encoding, SourceSystem? said, SourceLimits limits) : FeatureWalk(limits), IDisposable
{
    private const int HeaderBytes = 100;
    private const int FileCode = 9994;
    private const int MostTextBytes = 10_000;

    private readonly byte[] _header = new byte[8];
    private FileArchive? _archive;
    private InflatedStream? _shapes;
    private DbfTable? _table;
    private SourceSystem _system = SourceSystem.Wgs84;
    private int _records;

    protected override async ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        if (_archive is null)
            await Open(cancellation);
        while (await NextRecord(index, cancellation) is { } record)
        {
            // The shape of a deleted row is no feature either.
            if (_table is not { IsDeleted: true } || record.IsEndOfReading)
                return record;
        }

        return null;
    }

    private async ValueTask<SourceFeature?> NextRecord(long index, CancellationToken cancellation)
    {
        var properties = _table is null ? default : await _table.Next(Limits, cancellation);
        if (await _shapes!.ReadAtLeastAsync(_header, _header.Length, throwOnEndOfStream: false, cancellation) is var read and < 8)
        {
            if (read > 0 || properties is not null)
                throw new SourceException("The shapes are cut short.");
            if (_table is not null)
                await _table.End(cancellation);
            return null;
        }

        CheckNumber(BinaryPrimitives.ReadInt32BigEndian(_header));
        // Deleted ones take as long to read.
        if (_records > Limits.Features)
            return Limits.TooMany();
        if (_table is not null && properties is null)
            throw new SourceException("The table has fewer rows than there are shapes, or is cut short.");
        var length = 2L * BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(4));
        // A position is 16 bytes, with Z and M 32; a ring's beginning 4.
        var most = 1000L + (32L * Limits.Geometry.Vertices) + (4L * Limits.Geometry.Rings);
        if (length < 4)
            throw new SourceException("A shape has no length.");
        if (length > Limits.PropertyBytes + most)
        {
            await _shapes.Skip(length, cancellation);
            return SourceFeature.Refused(index, null, "/geometry", string.Create(CultureInfo.InvariantCulture, $"The shape is longer than {Limits.PropertyBytes + most:#,0} bytes."));
        }

        var shape = new byte[(int)length];
        if (await _shapes.ReadAtLeastAsync(shape, shape.Length, throwOnEndOfStream: false, cancellation) < shape.Length)
            throw new SourceException("The shapes are cut short.");
        return FeatureOf(index, shape, properties ?? default);
    }

    public void Dispose()
    {
        _shapes?.Dispose();
        _table?.Dispose();
        _archive?.Dispose();
    }

    // Shapes are numbered from 1, by some programs from 0, or not at all. Out of order, a row of the table would go with another's shape.
    private void CheckNumber(int number)
    {
        if (number != 0 && number != _records && number != _records + 1)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The shapes are out of order: number {number} stands where {_records + 1} was expected."));
        _records++;
    }

    private SourceFeature FeatureOf(long index, byte[] shape, JsonElement properties)
    {
        try
        {
            return new SourceFeature { Index = index, Properties = properties, Geometry = Shape.Read(shape, Limits.Geometry, _system) };
        }
        catch (SourceException fault)
        {
            return SourceFeature.Refused(index, null, "/geometry", fault.Message);
        }
    }

    private async ValueTask Open(CancellationToken cancellation)
    {
        _archive = new FileArchive(file, ZipLimits.Default, ".shp", "shapefile");
        var prj = await Text(".prj", cancellation);
        var named = string.IsNullOrWhiteSpace(prj) ? null : WellKnownSystem.Read(prj, "The .prj");
        _system = SourceSystem.Of(named, said)
            ?? throw new SourceException("The shapefile has no .prj, so nobody can say where on Earth its numbers are. Add the one that it was made with, or send the parameter crs.");
        _shapes = _archive.Open(".shp")!;
        var header = new byte[HeaderBytes];
        if (await _shapes.ReadAtLeastAsync(header, HeaderBytes, throwOnEndOfStream: false, cancellation) < HeaderBytes
            || BinaryPrimitives.ReadInt32BigEndian(header) != FileCode)
            throw new SourceException("The .shp does not begin as a shapefile does.");
        if (_archive.Open(".dbf") is { } table)
            _table = await DbfTable.Open(table, encoding, await Text(".cpg", cancellation), Limits, cancellation);
    }

    private async ValueTask<string?> Text(string extension, CancellationToken cancellation)
    {
        if (_archive!.Open(extension) is not { } entry)
            return null;
        await using (entry)
        {
            var bytes = new byte[MostTextBytes];
            var count = await entry.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return Encoding.UTF8.GetString(bytes, 0, count);
        }
    }
}
