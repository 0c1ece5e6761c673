using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Filters;
using Registry.Core.Filters.Json;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Parties;
using Registry.Core.Titles;
using Registry.Grains.Figures;
using Request = Registry.Actors.Contracts.Request;

namespace Registry.Grains.Wire;

/// <summary>What travels between silos as JSON: a byte that names the type, then its value.</summary>
internal static class WireJson
{
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
        WireContext.Default.FilterExpression,
        WireContext.Default.SheetFigures,
        WireContext.Default.TileQuery,
        WireContext.Default.SheetVersion,
        WireContext.Default.SheetStatistics,
        WireContext.Default.OpenGroundQuery,
        WireContext.Default.OpenGroundPart,
        WireContext.Default.IReadOnlyListSheetHome,
        WireContext.Default.ImportProgress,
        WireContext.Default.ImportReport,
        WireContext.Default.IReadOnlyListSheetId,
        WireContext.Default.SiloFigures,
        WireContext.Default.GroundAsAt,
    ];

    private static readonly ConcurrentDictionary<Type, int> Marks = new();

    /// <summary>Whether values of a type travel as JSON.</summary>
    public static bool Travels(Type type) => MarkOf(type) >= 0;

    /// <summary>A value as bytes.</summary>
    public static byte[] Serialize(object value)
    {
        var mark = MarkOf(value.GetType());
        using var buffer = new MemoryStream();
        buffer.WriteByte((byte)mark);
        JsonSerializer.Serialize(buffer, value, Types[mark]);
        return buffer.ToArray();
    }

    /// <summary>The value of bytes.</summary>
    public static object Deserialize(ReadOnlySpan<byte> bytes) => Deserialize(bytes[0], bytes[1..]);

    /// <summary>The value of the bytes after a mark. Members that are not known are passed over: another release may have added them.</summary>
    /// <exception cref="OrleansException">Another release wrote it, in a form that this one does not know.</exception>
    public static object Deserialize(byte mark, ReadOnlySpan<byte> json)
    {
        if (mark >= Types.Length)
            throw OtherRelease.Wrote($"the message {mark}");
        try
        {
            return JsonSerializer.Deserialize(json, Types[mark])!;
        }
        catch (Exception unknown) when (unknown is JsonException or NotSupportedException)
        {
            throw OtherRelease.Wrote($"a {Types[mark].Type.Name}", unknown);
        }
    }

    private static int MarkOf(Type type) => Marks.GetOrAdd(type, static asked => Array.FindIndex(Types, known => known.Type.IsAssignableFrom(asked)));
}

/// <summary>The source-generated JSON of what travels.</summary>
// Filters nest deeper than anything else that travels.
[JsonSourceGenerationOptions(UseStringEnumConverter = true, MaxDepth = FilterJson.MaxDepth, Converters = [typeof(GeometryJsonConverter), typeof(FilterJsonConverter)])]
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
[JsonSerializable(typeof(FilterExpression))]
[JsonSerializable(typeof(SheetFigures))]
[JsonSerializable(typeof(TileQuery))]
[JsonSerializable(typeof(GroundAsAt))]
[JsonSerializable(typeof(SheetVersion))]
[JsonSerializable(typeof(SheetStatistics))]
[JsonSerializable(typeof(OpenGroundQuery))]
[JsonSerializable(typeof(OpenGroundPart))]
[JsonSerializable(typeof(IReadOnlyList<SheetHome>))]
[JsonSerializable(typeof(ImportProgress))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(IReadOnlyList<SheetId>))]
[JsonSerializable(typeof(SiloFigures))]
internal sealed partial class WireContext : JsonSerializerContext;
