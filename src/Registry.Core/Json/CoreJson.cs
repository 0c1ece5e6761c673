using System.Text.Json.Serialization;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Erasures;
using Registry.Core.GeoJson;
using Registry.Core.Law;
using Registry.Core.Parties;
using Registry.Core.Titles;

namespace Registry.Core.Json;

/// <summary>How events and states are written in the journal and on the wire: camelCase, names for enumerations, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters = [typeof(GeometryJsonConverter)])]
[JsonSerializable(typeof(LicenseBlockEvent))]
[JsonSerializable(typeof(LicenseBlockState))]
[JsonSerializable(typeof(DepositEvent))]
[JsonSerializable(typeof(DepositState))]
[JsonSerializable(typeof(AreaEvent))]
[JsonSerializable(typeof(AreaState))]
[JsonSerializable(typeof(PartyEvent))]
[JsonSerializable(typeof(PartyState))]
[JsonSerializable(typeof(ErasureEvent))]
[JsonSerializable(typeof(ErasureState))]
[JsonSerializable(typeof(LawEvent))]
[JsonSerializable(typeof(LawState))]
public sealed partial class CoreJson : JsonSerializerContext;
