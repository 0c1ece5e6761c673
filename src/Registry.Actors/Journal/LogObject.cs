using System.Security.Cryptography;

namespace Registry.Actors.Journal;

/// <summary>A value that is too long for an entry: it lies beside the journal under its SHA-256, and is published under that.</summary>
/// <param name="Hash">The SHA-256, 32 bytes.</param>
/// <param name="Bytes">The value, in UTF-8 as JSON.</param>
public sealed record LogObject(byte[] Hash, byte[] Bytes)
{
    /// <summary>A value with its hash.</summary>
    public static LogObject Of(byte[] bytes) => new(SHA256.HashData(bytes), bytes);
}
