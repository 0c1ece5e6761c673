using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Registry.Cli.Keys;

/// <summary>An API key: <c>rk_</c> and 32 random bytes in base64url, 46 characters. The prefix lets scanners for leaked secrets find it.</summary>
internal static class ApiKey
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "rk_";

    private const int Bytes = 32;

    /// <summary>A key that nobody has.</summary>
    public static string Fresh() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a key: its SHA-256. The key is as random as its digest is long, so there is nothing to guess and no salt.</summary>
    public static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
