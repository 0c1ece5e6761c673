using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Registry.Actors.Journal;
using Registry.Gateway.Identity;

namespace Registry.Gateway.Objects;

/// <summary>Ids of new objects: <c>lb-</c>, <c>dep-</c>, <c>area-</c> or <c>party-</c> and 26 characters of Crockford's base 32.</summary>
/// <remarks>
/// Under an idempotency key the id follows from the key, so that the same request sent twice at once meets at one actor, and the
/// journal's answer under the key settles which came first.
/// </remarks>
internal static class ObjectId
{
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Bytes = 16;
    private const int Characters = 26;

    // 26 digits hold 130 bits, of which the first two are 0.
    private const string FirstDigits = "01234567";
    private static readonly SearchValues<char> s_digits = SearchValues.Create(Digits);

    /// <summary>
    /// Whether an object of the collection can have the id at all. Who asks for any other is told that there is none, and nobody else is
    /// asked: questions of strangers make no actors.
    /// </summary>
    public static bool IsPossible(Collection collection, string id)
    {
        var prefix = Prefix(collection);
        return (id.Length == prefix.Length + Characters
                && id.StartsWith(prefix, StringComparison.Ordinal)
                && FirstDigits.Contains(id[prefix.Length], StringComparison.Ordinal)
                && !id.AsSpan(prefix.Length).ContainsAnyExcept(s_digits))
            || (collection == Collection.Parties && DevelopmentKeys.Parties.Any(party => party.Id == id));
    }

    /// <summary>The id that an idempotency key gives to the object it creates.</summary>
    public static string From(Collection collection, RequestKey key)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes($"{StreamId.NameOf(collection)}\0{key.Id}"), digest);
        return Format(collection, digest[..Bytes]);
    }

    /// <summary>An id that was never given before; later ones sort after earlier ones.</summary>
    public static string Fresh(Collection collection)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        return Format(collection, bytes);
    }

    private static string Format(Collection collection, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Characters];
        var value = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        for (var i = Characters - 1; i >= 0; i--)
        {
            text[i] = Digits[(int)(uint)(value & 31)];
            value >>= 5;
        }

        return string.Concat(Prefix(collection), text);
    }

    private static string Prefix(Collection collection) => collection switch
    {
        Collection.LicenseBlocks => "lb-",
        Collection.Deposits => "dep-",
        Collection.Areas => "area-",
        Collection.Parties => "party-",
        _ => throw new ArgumentOutOfRangeException(nameof(collection), collection, "Not a collection."),
    };
}
