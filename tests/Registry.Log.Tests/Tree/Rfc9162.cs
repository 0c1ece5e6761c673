using System.Security.Cryptography;

namespace Registry.Log.Tests.Tree;

/// <summary>The definitions of RFC 9162, section 2.1, as they stand there: recursive, over all entries, and slow. Shares nothing with the code.</summary>
internal static class Rfc9162
{
    /// <summary>MTH(D), section 2.1.1.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 0)
            return SHA256.HashData([]);
        if (entries.Length == 1)
            return SHA256.HashData([0, .. entries[0]]);
        var k = Split(entries.Length);
        return SHA256.HashData([1, .. Root(entries[..k]), .. Root(entries[k..])]);
    }

    /// <summary>PATH(m, D), section 2.1.3.1.</summary>
    public static List<byte[]> Path(int m, ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 1)
            return [];
        var k = Split(entries.Length);
        return m < k ? [.. Path(m, entries[..k]), Root(entries[k..])] : [.. Path(m - k, entries[k..]), Root(entries[..k])];
    }

    /// <summary>PROOF(m, D), section 2.1.4.1; without hashes for m = 0, where the RFC has none.</summary>
    public static List<byte[]> Proof(int m, ReadOnlySpan<byte[]> entries) => m == 0 ? [] : SubProof(m, entries, true);

    private static List<byte[]> SubProof(int m, ReadOnlySpan<byte[]> entries, bool isWhole)
    {
        if (m == entries.Length)
            return isWhole ? [] : [Root(entries)];
        var k = Split(entries.Length);
        return m <= k
            ? [.. SubProof(m, entries[..k], isWhole), Root(entries[k..])]
            : [.. SubProof(m - k, entries[k..], false), Root(entries[..k])];
    }

    private static int Split(int n)
    {
        var k = 1;
        while (k * 2 < n)
            k *= 2;
        return k;
    }
}
