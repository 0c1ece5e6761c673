using System.Security.Cryptography;
using System.Text;

namespace Registry.Gateway.Identity;

/// <summary>The SHA-256 of an API key: what is stored and compared, so that neither a copy of the journal nor timing gives a key away.</summary>
internal static class KeyDigest
{
    /// <summary>The digest of a key.</summary>
    public static byte[] Of(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
