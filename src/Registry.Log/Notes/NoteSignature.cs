using System.Buffers.Binary;

namespace Registry.Log.Notes;

/// <summary>One line of signature of a note.</summary>
/// <param name="Name">The name of the key that signed, as the line says.</param>
/// <param name="KeyId">The key's id.</param>
/// <param name="Bytes">What follows the id: the signature, for cosignatures with its time before it.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes)
{
    private const string Dash = "— ";
    private const int IdBytes = 4;

    /// <summary>Reads a line without its newline.</summary>
    /// <exception cref="FormatException">It is no signature line.</exception>
    public static NoteSignature Parse(string line)
    {
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !KeyName.IsValid(parts[0]) || !StrictText.TryBase64(parts[1], out var bytes) || bytes.Length <= IdBytes)
            throw new FormatException($"A signature line is '{Dash}', a key's name, a space and base64; this is none: {StrictText.Quote(line)}.");
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(IdBytes));
    }

    /// <summary>The line without its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[IdBytes + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.Span.CopyTo(bytes.AsSpan(IdBytes));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }
}
