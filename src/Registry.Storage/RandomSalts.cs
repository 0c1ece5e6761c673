using System.Security.Cryptography;
using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>Salts from the random numbers of the operating system.</summary>
public sealed class RandomSalts : ISalts
{
    private RandomSalts()
    {
    }

    /// <summary>The one instance.</summary>
    public static RandomSalts Instance { get; } = new();

    /// <inheritdoc/>
    public void Fill(Span<byte> salt) => RandomNumberGenerator.Fill(salt);
}
