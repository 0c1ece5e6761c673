using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Core.Ground;

/// <summary>Writes a <see cref="CellSet"/> as an array of keys, and reads it back.</summary>
public sealed class CellSetJsonConverter : JsonConverter<CellSet>
{
    /// <inheritdoc/>
    public override CellSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("An array of cell keys was expected.");
        var cells = new List<Cell>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            cells.Add(new Cell(reader.GetUInt32()));
        return CellSet.Of(cells);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CellSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var cell in value.AsSpan())
            writer.WriteNumberValue(cell.Key);
        writer.WriteEndArray();
    }
}
