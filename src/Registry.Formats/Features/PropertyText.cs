using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Registry.Formats.Features;

/// <summary>Puts the fields of a row together as the properties of a feature. No name is added twice.</summary>
/// <param name="limits">How long the texts may be; beyond that it throws a <see cref="SourceException"/>.</param>
public sealed class PropertyText(SourceLimits limits)
{
    private readonly JsonObject _object = [];
    private long _characters;

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text)
    {
        _characters += text.Length;
        if (_characters > limits.PropertyBytes)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The properties are longer than {limits.PropertyBytes:#,0} characters."));
        _object.Add(name, text);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(string name, long number) => _object.Add(name, number);

    /// <summary>Adds a number; null where it is none that JSON has.</summary>
    public void Add(string name, double number) => _object.Add(name, double.IsFinite(number) ? JsonValue.Create(number) : null);

    /// <summary>Adds bytes, which are no value that a member can have: one that is asked for is refused, any other told of.</summary>
    public void AddBytes(string name, int bytes) => _object.Add(name, new JsonObject { ["bytes"] = bytes });

    /// <summary>Adds a truth value.</summary>
    public void Add(string name, bool value) => _object.Add(name, value);

    /// <summary>The properties.</summary>
    public JsonElement End() => JsonSerializer.SerializeToElement(_object);
}
