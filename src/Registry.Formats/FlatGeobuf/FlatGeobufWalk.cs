using System.Buffers.Binary;
using System.Globalization;
using Registry.Core.GeoJson;
using Registry.Formats.Features;
using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.FlatGeobuf;

/// <summary>Where the reading of a FlatGeobuf file stands. Numbers of fields are those of header.fbs and feature.fbs, version 3.</summary>
internal sealed class FlatGeobufWalk(Stream file, SourceSystem? said, SourceLimits limits) : FeatureWalk(limits)
{
    private const int MostHeaderBytes = 1_000_000;
    private const int NodeBytes = 40;

    private readonly int _mostFeatureBytes = limits.PropertyBytes + limits.Geometry.Bytes;
    private IReadOnlyList<FlatColumn>? _columns;
    private SourceSystem _system = SourceSystem.Wgs84;
    private byte _type;
    private ulong _announced;

    protected override async ValueTask<SourceFeature?> Next(long index, CancellationToken cancellation)
    {
        if (_columns is null)
            await ReadHeader(cancellation);
        var size = new byte[sizeof(uint)];
        if (await file.ReadAtLeastAsync(size, size.Length, throwOnEndOfStream: false, cancellation) is var read and < sizeof(uint))
        {
            return read == 0 && (_announced == 0 || _announced == (ulong)index)
                ? null
                : throw new SourceException("The file is cut short.");
        }

        var bytes = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (bytes > file.Length - file.Position)
            throw new SourceException("The file is cut short.");
        if (bytes > _mostFeatureBytes)
        {
            file.Position += bytes;
            return SourceFeature.Refused(index, null, "", string.Create(CultureInfo.InvariantCulture, $"The feature is longer than {_mostFeatureBytes:#,0} bytes."));
        }

        return FeatureOf(index, await ReadWhole((int)bytes, cancellation));
    }

    private SourceFeature FeatureOf(long index, byte[] bytes)
    {
        try
        {
            var feature = FlatTable.Root(bytes);
            if (!feature.Vector(2, sizeof(uint)).IsEmpty)
                throw new SourceException("The feature has columns of its own, which are not read.");
            return new SourceFeature
            {
                Index = index,
                Properties = FlatColumn.Read(_columns!, feature.Vector(1, 1), Limits),
                Geometry = feature.TryTable(0, out var geometry) ? FlatGeobufGeometry.Read(geometry, _type, Limits.Geometry, _system) : null,
            };
        }
        catch (SourceException fault)
        {
            // Its length was said outside of it, so that reading goes on behind it.
            return SourceFeature.Refused(index, null, "", fault.Message);
        }
    }

    private async ValueTask ReadHeader(CancellationToken cancellation)
    {
        var start = await ReadWhole(12, cancellation);
        if (!start.AsSpan().StartsWith("fgb\u0003fgb"u8))
            throw new SourceException("It does not begin as FlatGeobuf of version 3 does.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (length > MostHeaderBytes)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The header is longer than {MostHeaderBytes:#,0} bytes."));
        var index = Parse(await ReadWhole((int)length, cancellation));
        if (index > file.Length - file.Position)
            throw new SourceException("The file is cut short.");
        file.Position += index;
    }

    /// <returns>The bytes of the index behind the header.</returns>
    private long Parse(byte[] bytes)
    {
        var header = FlatTable.Root(bytes);
        _type = header.Byte(2);
        _announced = header.UInt64(8);
        _columns = FlatColumn.All(header, Limits);
        _system = SourceSystem.Of(header.TryTable(10, out var system) ? SystemOf(system) : null, said) ?? SourceSystem.Wgs84;
        return IndexBytes(_announced, header.UInt16(9, absent: 16));
    }

    // Fields of Crs in header.fbs: the organization 0, its code 1, the name 2, well-known text 4, a code that is a text 5.
    private static SourceSystem? SystemOf(FlatTable system)
    {
        var (organization, code, text) = (system.Text(0), system.Int32(1), system.Text(4));
        var name = code != 0 ? string.Create(CultureInfo.InvariantCulture, $"{organization ?? "EPSG"}:{code}") : system.Text(5);
        if (name is not null && SourceSystemNames.Find(name) is { } known)
            return known;
        if (!string.IsNullOrWhiteSpace(text))
            return WellKnownSystem.Read(text, "The header");
        return name is null && system.Text(2) is null ? null
            : throw new SourceException($"The file's coordinates are of {JsonTokens.Shortened(name ?? system.Text(2)!)}, which is not read. {SourceSystem.Remedy}");
    }

    // The packed R-tree has a node for each feature, and one for each so many nodes below (packedrtree.h).
    private long IndexBytes(ulong features, ushort nodeSize)
    {
        if (nodeSize == 0 || features == 0)
            return 0;
        if (features > (ulong)Limits.Features || nodeSize == 1)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The file has more than {Limits.Features:#,0} features, or an index that is none."));
        var (level, nodes) = ((long)features, (long)features);
        do
        {
            level = (level + nodeSize - 1) / nodeSize;
            nodes += level;
        }
        while (level > 1);
        return nodes * NodeBytes;
    }

    private async ValueTask<byte[]> ReadWhole(int count, CancellationToken cancellation)
    {
        if (count > file.Length - file.Position)
            throw new SourceException("The file is cut short.");
        var bytes = new byte[count];
        await file.ReadExactlyAsync(bytes, cancellation);
        return bytes;
    }
}
