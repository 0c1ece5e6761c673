using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Registry.Actors.Journal;

namespace Registry.Gateway.Imports;

/// <summary>
/// The idempotency keys of one import: that of the import, as its sender chose it, and one for each feature, which follows from it and the
/// feature's place in the file. So a file that is sent again under the same key after a crash finds what it registered the first time.
/// </summary>
/// <param name="import">The import's own key.</param>
internal sealed class ImportKeys(RequestKey import)
{
    private const int DigestBytes = 16;
    private const string Prefix = "imp-";
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Digest of the file and of what is asked.</summary>
    public string Fingerprint => import.Fingerprint;

    /// <summary>The id of the job.</summary>
    public string JobId { get; } = $"{Prefix}{Digest(import.Id, "job")}";

    /// <summary>Whether an import can have the id at all. The storage is not asked for any other.</summary>
    public static bool IsPossibleId(string id) => id.Length == Prefix.Length + (2 * DigestBytes)
        && id.StartsWith(Prefix, StringComparison.Ordinal) && !id.AsSpan(Prefix.Length).ContainsAnyExcept(s_hexadecimal);

    /// <summary>The keys of an import whose sender chose none.</summary>
    /// <param name="fingerprint">Digest of the file and of what is asked.</param>
    public static ImportKeys Fresh(string fingerprint) => new(new RequestKey(Guid.NewGuid().ToString("N"), fingerprint));

    /// <summary>The key of a feature.</summary>
    /// <param name="index">Its place in the file, from 0.</param>
    public RequestKey Of(long index) =>
        new(Digest(import.Id, index.ToString(CultureInfo.InvariantCulture)), import.Fingerprint);

    // No digest of a key that a sender chose is of a text like this one, so that a feature's key is nobody's own.
    private static string Digest(string key, string part) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"import\0{key}\0{part}\0\0"))[..DigestBytes]);
}
