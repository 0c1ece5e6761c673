using System.Buffers.Binary;
using System.Net;

namespace Registry.Hosting.Callers;

/// <summary>
/// Clients' addresses as the limits tell them apart: an IPv4 address, or the /64 of an IPv6 address, since whoever has one address of a
/// /64 has all of them.
/// </summary>
public static class CallerAddress
{
    /// <summary>How many places there are.</summary>
    /// <remarks>
    /// Counters are kept by place and not by address, so that however many addresses somebody has, they fill no memory: 65,536 counters
    /// of 250 bytes at most. Two addresses share a place with a chance of 1 in 65,536, and nobody can choose with whom: the
    /// hash is seeded anew for each process.
    /// </remarks>
    public const int Places = 1 << 16;

    /// <summary>The place of an address.</summary>
    /// <param name="address">The address; null for a connection that has none, such as a Unix socket's.</param>
    /// <returns>0 up to <see cref="Places"/>.</returns>
    public static int PlaceOf(IPAddress? address)
    {
        if (address is null)
            return 0;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var count);
        var (isV4, network) = count == 4 ? (true, BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : address.IsIPv4MappedToIPv6 ? (true, BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]))
            : (false, BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return HashCode.Combine(isV4, network) & (Places - 1);
    }

    /// <summary>The place of a key, by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>0 up to <see cref="Places"/>.</returns>
    public static int PlaceOf(string name) => name.GetHashCode(StringComparison.Ordinal) & (Places - 1);
}
