using System.Text;

namespace Registry.Log.Notes;

/// <summary>The name of a key: an address without its scheme, such as <c>registry.example/kz</c>. A log's is its origin.</summary>
public static class KeyName
{
    /// <summary>The most bytes of UTF-8 that a name may have: the signed message of ML-DSA-44 counts them in one byte.</summary>
    public const int MostBytes = 255;

    /// <summary>Whether a word can be a name: 1 to 255 bytes of UTF-8 without spaces of any kind, control characters and plus signs.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MostBytes && Encoding.UTF8.GetByteCount(name) <= MostBytes
        && !name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '+');
}
