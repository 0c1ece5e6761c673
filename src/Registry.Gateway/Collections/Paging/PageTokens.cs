using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Registry.Gateway.Collections.Paging;

/// <summary>
/// Writes places into addresses and reads them back. A token is signed for the query that it continues: one that was made up, or that
/// belongs to another query, is not read.
/// </summary>
/// <remarks>
/// base64url of sheet (4 bytes), place (8), layout (8) and the first 16 bytes of HMAC-SHA256 over the fingerprint of the query and those 20.
/// </remarks>
/// <param name="key">The key of the signature, 32 bytes; the same for every gateway of a registry and across restarts.</param>
public sealed class PageTokens(byte[] key)
{
    private const int PlaceBytes = 20;
    private const int SignatureBytes = 16;
    private const int TokenBytes = PlaceBytes + SignatureBytes;
    private const int MostFingerprintBytes = 128;

    /// <summary>The token of a place in the answer to a query.</summary>
    /// <param name="place">The place.</param>
    /// <param name="fingerprint">What tells the query from others, at most 128 bytes.</param>
    public string Write(Place place, ReadOnlySpan<byte> fingerprint)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        BinaryPrimitives.WriteInt32BigEndian(token, place.Sheet);
        BinaryPrimitives.WriteInt64BigEndian(token[4..], place.After);
        BinaryPrimitives.WriteInt64BigEndian(token[12..], place.Layout);
        Sign(token[..PlaceBytes], fingerprint, token[PlaceBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads what <see cref="Write"/> wrote for the same query.</summary>
    /// <returns>False when the text is no token, or not one of this query.</returns>
    public bool TryRead(ReadOnlySpan<char> text, ReadOnlySpan<byte> fingerprint, out Place place)
    {
        place = default;
        Span<byte> token = stackalloc byte[TokenBytes];
        if (text.Length != Base64Url.GetEncodedLength(TokenBytes)
            || Base64Url.DecodeFromChars(text, token, out _, out var written) != OperationStatus.Done || written != TokenBytes)
        {
            return false;
        }

        Span<byte> signature = stackalloc byte[SignatureBytes];
        Sign(token[..PlaceBytes], fingerprint, signature);
        if (!CryptographicOperations.FixedTimeEquals(signature, token[PlaceBytes..]))
            return false;
        place = new Place(
            BinaryPrimitives.ReadInt32BigEndian(token), BinaryPrimitives.ReadInt64BigEndian(token[4..]), BinaryPrimitives.ReadInt64BigEndian(token[12..]));
        return true;
    }

    private void Sign(ReadOnlySpan<byte> place, ReadOnlySpan<byte> fingerprint, Span<byte> signature)
    {
        Span<byte> signed = stackalloc byte[PlaceBytes + MostFingerprintBytes];
        place.CopyTo(signed);
        fingerprint.CopyTo(signed[PlaceBytes..]);
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, signed[..(PlaceBytes + fingerprint.Length)], digest);
        digest[..SignatureBytes].CopyTo(signature);
    }
}
