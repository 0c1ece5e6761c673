using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Registry.Log.Notes;

/// <summary>The bytes that each kind of signature signs.</summary>
internal static class SignedMessage
{
    /// <summary>Bytes of the time before a cosignature.</summary>
    public const int TimeBytes = 8;

    // The last second of the year 9999.
    private const ulong MostSeconds = 253_402_300_799;

    /// <summary>Reads the time before a cosignature.</summary>
    public static bool TryTime(ReadOnlySpan<byte> signature, out DateTimeOffset at)
    {
        at = default;
        if (signature.Length < TimeBytes || BinaryPrimitives.ReadUInt64BigEndian(signature) is not (> 0 and <= MostSeconds and var seconds))
            return false;
        at = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    /// <summary>What a key signs of a note's text; null where the text is not of the kind that the key signs.</summary>
    public static byte[]? Of(VerifierKey key, string text, DateTimeOffset? at) => key.Kind switch
    {
        SignatureKind.Ed25519 => Encoding.UTF8.GetBytes(text),
        SignatureKind.Ed25519Cosignature => Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {at!.Value.ToUnixTimeSeconds()}\n{text}")),
        _ => Checkpoint.TryParse(text, out var checkpoint) ? OfTree(key.Name, checkpoint, at!.Value) : null,
    };

    // The structure cosigned_message of c2sp.org/tlog-cosignature, with the whole tree as its subtree.
    private static byte[]? OfTree(string cosigner, Checkpoint checkpoint, DateTimeOffset at)
    {
        var (name, origin) = (Encoding.UTF8.GetBytes(cosigner), Encoding.UTF8.GetBytes(checkpoint.Origin));
        if (origin.Length > byte.MaxValue)
            return null;
        var label = "subtree/v1\n\0"u8;
        var numbers = new byte[3 * sizeof(ulong)];
        BinaryPrimitives.WriteInt64BigEndian(numbers, at.ToUnixTimeSeconds());
        BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(2 * sizeof(ulong)), checkpoint.Size);
        return
        [
            .. label, (byte)name.Length, .. name, .. numbers.AsSpan(0, sizeof(ulong)), (byte)origin.Length, .. origin,
            .. numbers.AsSpan(sizeof(ulong)), .. checkpoint.Root.ToArray(),
        ];
    }
}
