using System.Buffers;
using System.Text.Json;
using Registry.Actors.Contracts;

namespace Registry.Actors.Imports;

/// <summary>Gathers the features of an import into the parts of its content, each a JSON array.</summary>
public sealed class ImportParts : IDisposable
{
    private const int EnoughBytes = 512 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private bool _isBegun;

    /// <summary>Begins with an empty part.</summary>
    public ImportParts() => _json = new Utf8JsonWriter(_buffer);

    /// <summary>How many features were added to all parts.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a feature.</summary>
    /// <returns>A part that is full by it; null while there is none.</returns>
    public byte[]? Add(ImportItem item)
    {
        if (!_isBegun)
            _json.WriteStartArray();
        _isBegun = true;
        JsonSerializer.Serialize(_json, item, ImportJson.Default.ImportItem);
        Count++;
        return _buffer.WrittenCount + _json.BytesPending < EnoughBytes ? null : Rest();
    }

    /// <summary>The part that was begun and is not full; null when there is none.</summary>
    public byte[]? Rest()
    {
        if (!_isBegun)
            return null;
        _json.WriteEndArray();
        _json.Flush();
        var part = _buffer.WrittenSpan.ToArray();
        _buffer.ResetWrittenCount();
        _json.Reset();
        _isBegun = false;
        return part;
    }

    /// <summary>The features of a part.</summary>
    public static IReadOnlyList<ImportItem> Read(byte[] part) => JsonSerializer.Deserialize(part, ImportJson.Default.IReadOnlyListImportItem)!;

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();
}
