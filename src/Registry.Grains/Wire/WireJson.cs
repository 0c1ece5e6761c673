using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Features;
using Registry.Actors.Ground;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Filters;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Parties;
using Registry.Core.Titles;
using Request = Registry.Actors.Features.Request;

namespace Registry.Grains.Wire;

/// <summary>
/// What travels between silos, and how: a byte that names the type, then its JSON. A <see cref="SheetPage"/> is bytes ready to
/// send and travels as such; so is a <see cref="SheetTile"/>.
/// </summary>
internal static class WireJson
{
    private const byte PageMark = 255;
    private const byte TileMark = 254;
    private const int TileHead = 21;

    // The place in this table is the type's mark on the wire: append, never reorder.
    private static readonly JsonTypeInfo[] Types =
    [
        WireContext.Default.Request,
        WireContext.Default.LicenseBlockCommand,
        WireContext.Default.AnswerLicenseBlockState,
        WireContext.Default.RegisteredLicenseBlockState,
        WireContext.Default.DepositState,
        WireContext.Default.Estimate,
        WireContext.Default.AnswerDepositState,
        WireContext.Default.RegisteredDepositState,
        WireContext.Default.AreaState,
        WireContext.Default.AnswerAreaState,
        WireContext.Default.RegisteredAreaState,
        WireContext.Default.PartyState,
        WireContext.Default.AnswerPartyState,
        WireContext.Default.RegisteredPartyState,
        WireContext.Default.HoldRequest,
        WireContext.Default.HoldAnswer,
        WireContext.Default.Settlement,
        WireContext.Default.Cell,
        WireContext.Default.CellSet,
        WireContext.Default.CellView,
        WireContext.Default.IReadOnlyListCellView,
        WireContext.Default.BoundingBox,
        WireContext.Default.SheetQuery,
        WireContext.Default.SheetFigures,
        WireContext.Default.TileQuery,
        WireContext.Default.SheetVersion,
        WireContext.Default.SheetStatistics,
        WireContext.Default.OpenGroundQuery,
        WireContext.Default.OpenGroundPart,
    ];

    private static readonly ConcurrentDictionary<Type, int> Marks = new();

    /// <summary>Whether values of a type travel.</summary>
    public static bool Travels(Type type) => MarkOf(type) >= 0;

    /// <summary>A value as bytes.</summary>
    public static byte[] Serialize(object value)
    {
        var mark = MarkOf(value.GetType());
        if (mark == PageMark)
            return Serialize((SheetPage)value);
        if (mark == TileMark)
            return Serialize((SheetTile)value);
        using var buffer = new MemoryStream();
        buffer.WriteByte((byte)mark);
        JsonSerializer.Serialize(buffer, value, Types[mark]);
        return buffer.ToArray();
    }

    /// <summary>The value of bytes.</summary>
    public static object Deserialize(ReadOnlySpan<byte> bytes) => bytes[0] switch
    {
        PageMark => DeserializePage(bytes[1..]),
        TileMark => DeserializeTile(bytes),
        var mark => JsonSerializer.Deserialize(bytes[1..], Types[mark])!,
    };

    private static int MarkOf(Type type) => Marks.GetOrAdd(type, static asked =>
        asked == typeof(SheetPage) ? PageMark
        : asked == typeof(SheetTile) ? TileMark
        : Array.FindIndex(Types, known => known.Type.IsAssignableFrom(asked)));

    private static byte[] Serialize(SheetTile tile)
    {
        var bytes = new byte[TileHead + tile.Bytes.Length];
        bytes[0] = TileMark;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), tile.Version.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), tile.Version.Changes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(17), tile.Version.Day);
        tile.Bytes.CopyTo(bytes.AsSpan(TileHead));
        return bytes;
    }

    private static SheetTile DeserializeTile(ReadOnlySpan<byte> bytes) => new(
        new SheetVersion(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[9..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[17..])),
        bytes[TileHead..].ToArray());

    private static byte[] Serialize(SheetPage page)
    {
        var bytes = new byte[18 + page.Features.Sum(feature => 4 + feature.Length)];
        bytes[0] = PageMark;
        bytes[1] = page.HasMore ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), page.Matched);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(6), page.Last);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), page.Features.Count);
        var rest = bytes.AsSpan(18);
        foreach (var feature in page.Features)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, feature.Length);
            feature.CopyTo(rest[4..]);
            rest = rest[(4 + feature.Length)..];
        }

        return bytes;
    }

    private static SheetPage DeserializePage(ReadOnlySpan<byte> bytes)
    {
        var features = new byte[BinaryPrimitives.ReadInt32LittleEndian(bytes[13..])][];
        var rest = bytes[17..];
        for (var i = 0; i < features.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            features[i] = rest.Slice(4, length).ToArray();
            rest = rest[(4 + length)..];
        }

        return new SheetPage(
            features, BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[5..]), bytes[0] == 1);
    }
}

/// <summary>The source-generated JSON of what travels.</summary>
// Filters nest deeper than anything else that travels.
[JsonSourceGenerationOptions(UseStringEnumConverter = true, MaxDepth = FilterJson.MaxDepth, Converters = [typeof(GeometryJsonConverter)])]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(LicenseBlockCommand))]
[JsonSerializable(typeof(Answer<LicenseBlockState>), TypeInfoPropertyName = "AnswerLicenseBlockState")]
[JsonSerializable(typeof(Registered<LicenseBlockState>), TypeInfoPropertyName = "RegisteredLicenseBlockState")]
[JsonSerializable(typeof(Answer<DepositState>), TypeInfoPropertyName = "AnswerDepositState")]
[JsonSerializable(typeof(Registered<DepositState>), TypeInfoPropertyName = "RegisteredDepositState")]
[JsonSerializable(typeof(Answer<AreaState>), TypeInfoPropertyName = "AnswerAreaState")]
[JsonSerializable(typeof(Registered<AreaState>), TypeInfoPropertyName = "RegisteredAreaState")]
[JsonSerializable(typeof(Answer<PartyState>), TypeInfoPropertyName = "AnswerPartyState")]
[JsonSerializable(typeof(Registered<PartyState>), TypeInfoPropertyName = "RegisteredPartyState")]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(HoldAnswer))]
[JsonSerializable(typeof(Settlement))]
[JsonSerializable(typeof(CellSet))]
[JsonSerializable(typeof(IReadOnlyList<CellView>))]
[JsonSerializable(typeof(SheetQuery))]
[JsonSerializable(typeof(SheetFigures))]
[JsonSerializable(typeof(TileQuery))]
[JsonSerializable(typeof(SheetVersion))]
[JsonSerializable(typeof(SheetStatistics))]
[JsonSerializable(typeof(OpenGroundQuery))]
[JsonSerializable(typeof(OpenGroundPart))]
internal sealed partial class WireContext : JsonSerializerContext;
