using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Log.Notes;

/// <summary>The public key of a log or a witness, with its name (c2sp.org/signed-note, "Verifier keys").</summary>
public sealed record VerifierKey
{
    private const int IdDigits = 8;

    // The key of ML-DSA-44 in base64 has 1,752 letters.
    private const int MostLength = KeyName.MostBytes + 2048;

    private readonly byte[] _publicKey;

    internal VerifierKey(string name, SignatureKind kind, byte[] publicKey)
    {
        (Name, Kind, _publicKey) = (name, kind, publicKey);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)kind, .. publicKey]));
    }

    /// <summary>The name; of a log's key, the log's origin.</summary>
    public string Name { get; }

    /// <summary>What it signs, and by which algorithm.</summary>
    public SignatureKind Kind { get; }

    /// <summary>The first four bytes of the hash of name, kind and key. It tells keys apart; it proves nothing.</summary>
    public uint Id { get; }

    /// <summary>The key itself: 32 bytes of Ed25519 or 1,312 of ML-DSA-44.</summary>
    public ReadOnlyMemory<byte> PublicKey => _publicKey;

    /// <summary>Reads a key in the form <c>name+id+base64</c>.</summary>
    /// <exception cref="FormatException">It has another form, its id is not that of the key, or its kind is not known here.</exception>
    public static VerifierKey Parse(string text)
    {
        var parts = text.Length <= MostLength ? text.Split('+', 3) : [];
        if (parts.Length != 3 || !KeyName.IsValid(parts[0]) || parts[1].Length != IdDigits || !StrictText.TryBase64(parts[2], out var key) || key.Length == 0)
            throw new FormatException($"A public key is written name+id+base64, on one line; this is none: {StrictText.Quote(text)}.");
        var kind = (SignatureKind)key[0];
        if (!Enum.IsDefined(kind))
            throw new FormatException($"The key of {parts[0]} is of kind {key[0]:x2}, which is not known here.");
        var publicKey = key[1..];
        if (publicKey.Length != Algorithm.PublicKeyBytes(kind))
            throw new FormatException($"The key of {parts[0]} has {publicKey.Length} bytes, not {Algorithm.PublicKeyBytes(kind)}; a part may be missing.");
        var read = new VerifierKey(parts[0], kind, publicKey);
        return read.IdText == parts[1]
            ? read
            : throw new FormatException($"The key of {parts[0]} has the id {read.IdText}, not {StrictText.Quote(parts[1])}: a letter of it was changed.");
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => $"{Name}+{IdText}+{Convert.ToBase64String([(byte)Kind, .. _publicKey])}";

    /// <summary>Whether both are the same key for the same kind of signatures under the same name.</summary>
    public bool Equals(VerifierKey? other) => other is not null && Name == other.Name && IsSameKey(other) && Kind == other.Kind;

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Id;

    /// <summary>Whether both wrap the same public key, whatever the names and kinds.</summary>
    public bool IsSameKey(VerifierKey other) => _publicKey.AsSpan().SequenceEqual(other._publicKey);

    /// <summary>Whether a signature line says that it is this key's. Whether it is, <see cref="Verifies"/> tells.</summary>
    public bool IsClaimedBy(NoteSignature signature) => signature.Name == Name && signature.KeyId == Id;

    /// <summary>Whether a signature is this key's and of this text.</summary>
    /// <param name="text">The note's text.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="at">The time that a cosignature says; null for a log's own signature.</param>
    public bool Verifies(string text, NoteSignature signature, out DateTimeOffset? at)
    {
        at = null;
        if (!IsClaimedBy(signature))
            return false;
        var bytes = signature.Bytes.Span;
        if (Kind != SignatureKind.Ed25519)
        {
            if (!SignedMessage.TryTime(bytes, out var time))
                return false;
            at = time;
            bytes = bytes[SignedMessage.TimeBytes..];
        }

        return bytes.Length == Algorithm.SignatureBytes(Kind)
            && SignedMessage.Of(this, text, at) is { } message
            && Algorithm.Verify(Kind, _publicKey, message, bytes.ToArray());
    }

    private string IdText => Id.ToString("x8", CultureInfo.InvariantCulture);
}
