using Registry.Core;

namespace Registry.Storage;

/// <summary>The newest entry, as far as the next one needs it.</summary>
/// <param name="Stamp">Its place and instant.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record Head(Stamp Stamp, byte[] Hash)
{
    /// <summary>What stands before the first entry.</summary>
    public static Head None { get; } = new(new Stamp(0, DateTimeOffset.MinValue), new byte[32]);
}
