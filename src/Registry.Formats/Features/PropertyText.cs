using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Registry.Formats.Features;

/// <summary>Puts the fields of a row together as the properties of a feature. No name is added twice.</summary>
/// <param name="limits">How long the texts may be; beyond that it throws a <see cref="SourceException"/>.</param>
public sealed class PropertyText(SourceLimits limits)
{
    // It is read again within the process, and never sent.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;
    private long _characters;

    private Utf8JsonWriter Json => _json ??= Begin(_buffer);

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text)
    {
        _characters += text.Length;
        if (_characters > limits.PropertyBytes)
            throw new SourceException(string.Create(CultureInfo.InvariantCulture, $"The properties are longer than {limits.PropertyBytes:#,0} characters."));
        Json.WriteString(name, text);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(string name, long number) => Json.WriteNumber(name, number);

    /// <summary>Adds a number; null where it is none that JSON has.</summary>
    public void Add(string name, double number)
    {
        if (double.IsFinite(number))
            Json.WriteNumber(name, number);
        else
            Json.WriteNull(name);
    }

    /// <summary>Adds bytes, which are no value that a member can have: one that is asked for is refused, any other told of.</summary>
    public void AddBytes(string name, int bytes)
    {
        Json.WriteStartObject(name);
        Json.WriteNumber("bytes"u8, bytes);
        Json.WriteEndObject();
    }

    /// <summary>Adds a truth value.</summary>
    public void Add(string name, bool value) => Json.WriteBoolean(name, value);

    /// <summary>The properties.</summary>
    public JsonElement End()
    {
        Json.WriteEndObject();
        Json.Flush();
        var reader = new Utf8JsonReader(_buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static Utf8JsonWriter Begin(ArrayBufferWriter<byte> buffer)
    {
        var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        return json;
    }
}
