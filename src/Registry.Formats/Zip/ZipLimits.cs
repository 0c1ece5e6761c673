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

    /// <summary>Most bytes that all entries together inflate to for each byte of the archive. Tables of wide and empty texts reach some dozens.</summary>
    public int Ratio { get; init; } = 50;

    /// <summary>What they may inflate to whatever the archive's length.</summary>
    public long InflatedBytesOfSmall { get; init; } = 16 * 1024 * 1024;
}
