namespace Registry.Formats.Zip;

/// <summary>How much of a zip archive is read. A bomb is refused before it is inflated, or while it is.</summary>
public sealed record ZipLimits
{
    /// <summary>What holds where nothing else is said.</summary>
    public static ZipLimits Default { get; } = new();

    /// <summary>Most entries.</summary>
    public int Entries { get; init; } = 32;

    /// <summary>Most bytes of one entry when inflated.</summary>
    public long InflatedBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Most bytes that one byte inflates to. Tables of texts and zeros reach some dozens.</summary>
    public int Ratio { get; init; } = 200;
}
