using System.Globalization;
using System.Text.Json;

namespace Registry.Clients.Tests;

/// <summary>Features by their ids, read from GeoJSON, one a line, whoever wrote it.</summary>
public sealed class Features
{
    private readonly Dictionary<string, JsonElement> _features = [];

    /// <summary>Their ids.</summary>
    public IReadOnlyCollection<string> Ids => _features.Keys;

    /// <summary>Reads a GeoJSON text sequence, with record separators or without, or a FeatureCollection.</summary>
    public static Features Read(string text)
    {
        var features = new Features();
        if (text.StartsWith("{\n\"type\": \"FeatureCollection\"", StringComparison.Ordinal))
        {
            foreach (var feature in JsonDocument.Parse(text).RootElement.GetProperty("features").EnumerateArray())
                features.Add(feature);
        }
        else
        {
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                features.Add(JsonDocument.Parse(line.TrimStart('\u001e')).RootElement);
        }

        return features;
    }

    /// <summary>Checks that the same features have the same properties of some names and the same geometry.</summary>
    /// <param name="others">The other features.</param>
    /// <param name="tolerance">How far numbers may differ.</param>
    /// <param name="names">The properties.</param>
    public void AreThoseOf(Features others, double tolerance, params string[] names)
    {
        Assert.NotEmpty(_features);
        Assert.Equal(others._features.Keys.Order(StringComparer.Ordinal), _features.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, feature) in _features)
        {
            var other = others._features[id];
            Assert.Equal(Coordinates(other).Count, Coordinates(feature).Count);
            foreach (var (one, two) in Coordinates(feature).Zip(Coordinates(other)))
                Assert.True(Math.Abs(one - two) <= tolerance, string.Create(CultureInfo.InvariantCulture, $"{id}: {one} and {two}"));
            foreach (var name in names)
                Assert.Equal(Text(other, name), Text(feature, name));
        }
    }

    // GDAL takes a property that repeats the feature's id for that id.
    private void Add(JsonElement feature)
    {
        var id = feature.GetProperty("properties").TryGetProperty("id", out var property) ? property : feature.GetProperty("id");
        Assert.True(_features.TryAdd(id.GetString()!, feature), "A feature came twice.");
    }

    /// <summary>A property as text, by its name or by the path to it; null where it is missing.</summary>
    private static string? Text(JsonElement feature, string name)
    {
        var value = feature.GetProperty("properties");
        if (value.TryGetProperty(name, out var flat))
            value = flat;
        else if (!name.Split('.').All(step => value.TryGetProperty(step, out value)))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
    }

    /// <summary>Every number of the geometry, in order.</summary>
    private static List<double> Coordinates(JsonElement feature)
    {
        var numbers = new List<double>();
        Collect(feature.GetProperty("geometry").GetProperty("coordinates"), numbers);
        return numbers;
    }

    private static void Collect(JsonElement element, List<double> numbers)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            numbers.Add(element.GetDouble());
            return;
        }

        foreach (var member in element.EnumerateArray())
            Collect(member, numbers);
    }
}
