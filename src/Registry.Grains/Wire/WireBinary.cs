using System.Buffers;
using Orleans.Serialization.Buffers;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Filters;
using Registry.Core.Ground;

namespace Registry.Grains.Wire;

/// <summary>
/// What travels between silos not as JSON, because it is many or large: features ready to send, and the questions to sheets. A byte that
/// names the type, one for the version of its form, then numbers and bytes as they are.
/// </summary>
/// <remarks>
/// Two releases run beside each other while a cluster is upgraded. Whatever changes in the bytes of a message raises <see cref="Version"/>;
/// a process that knows only another version refuses the message, and the caller asks again elsewhere or says 503.
/// </remarks>
internal static class WireBinary
{
    /// <summary>The lowest mark of these types; those of <see cref="WireJson"/> are below.</summary>
    public const byte LowestMark = SheetQueryMark;

    /// <summary>The version of the forms below.</summary>
    public const byte Version = 1;

    // 251 to 255 were the marks of messages without a version. They are not given again.
    private const byte PageMark = 250;
    private const byte TileMark = 249;
    private const byte SheetsQueryMark = 248;
    private const byte SiloPagesMark = 247;
    private const byte SheetQueryMark = 246;

    private const int PageHead = 33;
    private const int TileHead = 20;
    private const int PartSize = 16;
    private const int QueryHead = 69;

    // In the place of a number that is not given.
    private const int None = -1;

    /// <summary>Whether values of a type travel like this.</summary>
    public static bool Travels(Type type) =>
        type == typeof(SheetPage) || type == typeof(SheetTile) || type == typeof(SheetQuery) || type == typeof(SheetsQuery)
        || type == typeof(SiloPages);

    /// <summary>Writes a value, with its length before it.</summary>
    public static void Write<TBuffer>(ref Writer<TBuffer> writer, object value)
        where TBuffer : IBufferWriter<byte>
    {
        switch (value)
        {
            case SheetPage page:
                Begin(ref writer, PageMark, SizeOf(page));
                Write(ref writer, page);
                break;
            case SheetTile tile:
                Begin(ref writer, TileMark, TileHead + tile.Bytes.Length);
                writer.WriteInt64(tile.Version.Epoch);
                writer.WriteInt64(tile.Version.Changes);
                writer.WriteInt32(tile.Version.Day);
                writer.Write(tile.Bytes);
                break;
            case SheetQuery question:
                var filter = FilterOf(question);
                Begin(ref writer, SheetQueryMark, QueryHead + filter.Length);
                Write(ref writer, question, filter);
                break;
            case SheetsQuery query:
                filter = FilterOf(query.Question);
                Begin(ref writer, SheetsQueryMark, 8 + QueryHead + filter.Length + (PartSize * query.Parts.Count));
                Write(ref writer, query.Question, filter);
                writer.WriteInt32(query.Most ?? None);
                writer.WriteInt32(query.Parts.Count);
                foreach (var part in query.Parts)
                {
                    writer.WriteInt32(part.Sheet.Number);
                    writer.WriteInt64(part.After);
                    writer.WriteInt32(part.Limit);
                }

                break;
            case SiloPages pages:
                var moved = pages.Moved is [] ? [] : WireJson.Serialize(pages.Moved);
                Begin(ref writer, SiloPagesMark, 8 + moved.Length + pages.Pages.Sum(SizeOf));
                Write(ref writer, moved);
                writer.WriteInt32(pages.Pages.Count);
                foreach (var page in pages.Pages)
                    Write(ref writer, page);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} does not travel like this.", nameof(value));
        }
    }

    /// <summary>Reads a value after its mark.</summary>
    /// <param name="reader">Where it stands.</param>
    /// <param name="mark">Its mark.</param>
    /// <param name="length">Its length after the mark, in bytes.</param>
    /// <exception cref="OrleansException">Another release wrote it, in a form that this one does not know.</exception>
    public static object Read<TInput>(ref Reader<TInput> reader, byte mark, int length)
    {
        var version = reader.ReadByte();
        if (version != Version)
            throw OtherRelease.Wrote($"version {version} of the message {mark}");
        length--;
        switch (mark)
        {
            case PageMark:
                return ReadPage(ref reader);
            case TileMark:
                var changes = new SheetVersion(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32());
                return new SheetTile(changes, reader.ReadBytes((uint)(length - TileHead)));
            case SheetQueryMark:
                return ReadQuery(ref reader);
            case SheetsQueryMark:
                var question = ReadQuery(ref reader);
                var most = reader.ReadInt32();
                var parts = new SheetPart[reader.ReadInt32()];
                for (var i = 0; i < parts.Length; i++)
                    parts[i] = new SheetPart(SheetId.FromNumber(reader.ReadInt32()), reader.ReadInt64(), reader.ReadInt32());
                return new SheetsQuery(question, parts) { Most = most == None ? null : most };
            case SiloPagesMark:
                var moved = ReadBytes(ref reader) is [_, ..] homes ? (IReadOnlyList<SheetHome>)WireJson.Deserialize(homes) : [];
                var pages = new SheetPage[reader.ReadInt32()];
                for (var i = 0; i < pages.Length; i++)
                    pages[i] = ReadPage(ref reader);
                return new SiloPages(pages, moved);
            default:
                throw OtherRelease.Wrote($"the message {mark}");
        }
    }

    private static void Begin<TBuffer>(ref Writer<TBuffer> writer, byte mark, int size)
        where TBuffer : IBufferWriter<byte>
    {
        writer.WriteVarUInt32((uint)(2 + size));
        writer.WriteByte(mark);
        writer.WriteByte(Version);
    }

    // Filters nest, and are few: JSON. Empty for none.
    private static byte[] FilterOf(SheetQuery query) => query.Filter is { } filter ? WireJson.Serialize(filter) : [];

    private static void Write<TBuffer>(ref Writer<TBuffer> writer, SheetQuery query, byte[] filter)
        where TBuffer : IBufferWriter<byte>
    {
        writer.WriteInt32((int)query.Collection);
        foreach (var degrees in (ReadOnlySpan<double>)[query.Box.West, query.Box.South, query.Box.East, query.Box.North])
            writer.WriteInt64(BitConverter.DoubleToInt64Bits(degrees));
        writer.WriteInt64(query.After);
        writer.WriteInt32(query.Limit);
        writer.WriteInt64(query.AsAt ?? None);
        writer.WriteInt64(query.Work);
        writer.WriteByte(query.IsCounted ? (byte)1 : (byte)0);
        Write(ref writer, filter);
    }

    private static SheetQuery ReadQuery<TInput>(ref Reader<TInput> reader)
    {
        var collection = (Collection)reader.ReadInt32();
        var box = new BoundingBox(ReadDouble(ref reader), ReadDouble(ref reader), ReadDouble(ref reader), ReadDouble(ref reader));
        var (after, limit, asAt, work) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64());
        return new SheetQuery(collection, box, after, limit)
        {
            IsCounted = reader.ReadByte() == 1,
            AsAt = asAt == None ? null : asAt,
            Work = work,
            Filter = ReadBytes(ref reader) is [_, ..] filter ? (FilterExpression)WireJson.Deserialize(filter) : null,
        };
    }

    private static double ReadDouble<TInput>(ref Reader<TInput> reader) => BitConverter.Int64BitsToDouble(reader.ReadInt64());

    private static int SizeOf(SheetPage page) => PageHead + page.Features.Sum(feature => 12 + feature.Length);

    private static void Write<TBuffer>(ref Writer<TBuffer> writer, SheetPage page)
        where TBuffer : IBufferWriter<byte>
    {
        writer.WriteInt32(page.Matched);
        writer.WriteByte(page.HasMore ? (byte)1 : (byte)0);
        writer.WriteInt64(page.Layout.Newest);
        writer.WriteInt64(page.Layout.Moved);
        writer.WriteInt64(page.Work);
        writer.WriteInt32(page.Features.Count);
        foreach (var place in page.Places)
            writer.WriteInt64(place);
        foreach (var feature in page.Features)
            Write(ref writer, feature);
    }

    private static SheetPage ReadPage<TInput>(ref Reader<TInput> reader)
    {
        var (matched, hasMore) = (reader.ReadInt32(), reader.ReadByte() == 1);
        var layout = new SheetLayout(reader.ReadInt64(), reader.ReadInt64());
        var work = reader.ReadInt64();
        var places = new long[reader.ReadInt32()];
        for (var i = 0; i < places.Length; i++)
            places[i] = reader.ReadInt64();
        var features = new byte[places.Length][];
        for (var i = 0; i < features.Length; i++)
            features[i] = ReadBytes(ref reader);
        return new SheetPage(features, places, matched, hasMore, layout) { Work = work };
    }

    private static void Write<TBuffer>(ref Writer<TBuffer> writer, byte[] bytes)
        where TBuffer : IBufferWriter<byte>
    {
        writer.WriteInt32(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] ReadBytes<TInput>(ref Reader<TInput> reader) => reader.ReadBytes((uint)reader.ReadInt32());
}
