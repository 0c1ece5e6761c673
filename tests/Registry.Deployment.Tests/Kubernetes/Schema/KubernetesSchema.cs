using System.Globalization;
using System.Text.Json;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Kubernetes.Schema;

/// <summary>
/// The published types of Kubernetes 1.27, strictly: a field that the type does not have, one that is missing, and a value of another type
/// are faults. What a string may say (the name of a strategy, a quantity) is not in them, and is not checked.
/// </summary>
/// <remarks>
/// Not KubernetesClient 21.0.8, which reads strictly too: of the faults that RuleTests plants it finds three, and neither the number where
/// a text must stand nor the name that is missing.
/// </remarks>
internal static class KubernetesSchema
{
    private static readonly JsonElement Root = Load();

    /// <summary>Where an object breaks its schema.</summary>
    public static IEnumerable<string> Faults(YamlMappingNode item)
    {
        var kind = $"{item.Text("apiVersion")} {item.Text("kind")}";
        return Root.GetProperty("kinds").TryGetProperty(kind, out var type)
            ? FaultsOfValue(item, type.GetString()!, Manifests.NameOf(item))
            : [$"{kind}: not among the kinds of the schema"];
    }

    /// <summary>Whether the type of an object has a field, by the names on the way to it.</summary>
    public static bool HasField(YamlMappingNode item, IEnumerable<string> path)
    {
        var type = Root.GetProperty("kinds").GetProperty($"{item.Text("apiVersion")} {item.Text("kind")}").GetString()!;
        foreach (var name in path)
        {
            if (!Root.GetProperty("types").TryGetProperty(type, out var fields) || !fields.TryGetProperty(name, out var field))
                return false;
            type = field.GetString()!.TrimEnd('!');
        }

        return true;
    }

    private static IEnumerable<string> FaultsOfValue(YamlNode value, string type, string path)
    {
        if (Inner(type, "Array") is { } ofItem)
        {
            return value is YamlSequenceNode sequence
                ? sequence.SelectMany((item, index) => FaultsOfValue(item, ofItem, $"{path}[{index}]"))
                : [$"{path}: a list was expected"];
        }

        if (Inner(type, "Map") is { } ofValue)
        {
            return value is YamlMappingNode mapping
                ? mapping.SelectMany(pair => FaultsOfValue(pair.Value, ofValue, $"{path}.{pair.Key.Text()}"))
                : [$"{path}: names with values were expected"];
        }

        if (Root.GetProperty("types").TryGetProperty(type, out var fields))
        {
            return value is YamlMappingNode mapping
                ? FaultsOfFields(mapping, fields, type, path)
                : [$"{path}: a {type} was expected"];
        }

        return value is YamlScalarNode scalar && IsOf(type, scalar) ? [] : [$"{path}: a {type} was expected"];
    }

    private static IEnumerable<string> FaultsOfFields(YamlMappingNode mapping, JsonElement fields, string type, string path)
    {
        foreach (var (key, value) in mapping)
        {
            var name = key.Text()!;
            if (!fields.TryGetProperty(name, out var field))
                yield return $"{path}: a {type} has no field {name}";
            else
                foreach (var fault in FaultsOfValue(value, field.GetString()!.TrimEnd('!'), $"{path}.{name}"))
                    yield return fault;
        }

        foreach (var field in fields.EnumerateObject())
        {
            if (field.Value.GetString()!.EndsWith('!') && mapping.At(field.Name) is null)
                yield return $"{path}: {field.Name} is missing";
        }
    }

    private static bool IsOf(string type, YamlScalarNode scalar)
    {
        var isNumber = !scalar.IsQuoted() && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var isBoolean = !scalar.IsQuoted() && scalar.Value is "true" or "false";
        return type switch
        {
            "number" => isNumber,
            "boolean" => isBoolean,
            "IntOrString" => !isBoolean,
            "string" or "Date" => !isNumber && !isBoolean,
            _ => throw new InvalidOperationException($"The schema has an unknown type {type}."),
        };
    }

    private static string? Inner(string type, string outer) =>
        type.StartsWith($"{outer}<", StringComparison.Ordinal) ? type[(outer.Length + 1)..^1] : null;

    private static JsonElement Load()
    {
        using var stream = typeof(KubernetesSchema).Assembly.GetManifestResourceStream("kubernetes.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
