namespace Registry.Cli.Importing;

/// <summary>A kind of object that GeoJSON files are read for.</summary>
/// <param name="Collection">Its name in addresses: <c>deposits</c>.</param>
/// <param name="Members">The properties that are sent, as they stand in the feature and in this order.</param>
/// <param name="KeepsSources">Whether the registry keeps the names of the source's records with the object.</param>
/// <param name="GroundInstead">The property that stands for the geometry where a feature has it; null when there is none.</param>
internal sealed record FeatureKind(string Collection, IReadOnlyList<string> Members, bool KeepsSources, string? GroundInstead)
{
    /// <summary>Deposits.</summary>
    public static FeatureKind Deposits { get; } = new("deposits", ["name", "status", "commodities", "otherNames"], KeepsSources: true, null);

    /// <summary>License blocks: their ground is a list of cell codes, or the geometry.</summary>
    public static FeatureKind LicenseBlocks { get; } =
        new("license-blocks", ["kind", "cells", "commodities", "holder", "ifTaken"], KeepsSources: false, "cells");

    /// <summary>The properties that say which record a feature is.</summary>
    public static IReadOnlyList<string> Identity { get; } = ["id", "source"];
}
