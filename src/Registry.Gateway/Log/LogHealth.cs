using System.Text.Json;
using System.Text.Json.Serialization;
using Registry.Log.Witnesses;

namespace Registry.Gateway.Log;

/// <summary>A registry that serves, and whose log is not signed any further or is refused by a witness.</summary>
internal sealed record RefusedHealth(string Status, string Log);

/// <summary>A log that is signed.</summary>
internal sealed record SignedHealth(string Status, long Size, IReadOnlyList<WitnessReport> Witnesses);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RefusedHealth))]
[JsonSerializable(typeof(SignedHealth))]
internal sealed partial class LogHealthJson : JsonSerializerContext;
