using System.Text.Json;
using Registry.Core.GeoJson;

namespace Registry.Formats.Features;

/// <summary>
/// One feature of a file that is imported, whatever the file's format: what it says, unchecked. The last one of a file that cannot be read
/// to its end says so in place of a feature.
/// </summary>
public sealed record SourceFeature
{
    /// <summary>Its place in the file, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>What the file calls it; null where it has no name.</summary>
    public string? Id { get; init; }

    /// <summary>Its properties: an object, or <see cref="JsonValueKind.Undefined"/> where there are none. Independent of the file.</summary>
    public JsonElement Properties { get; init; }

    /// <summary>Its geometry, a GeoJSON object in UTF-8 that is yet to be checked by <see cref="GeometryReader"/>; null where there is none.</summary>
    public byte[]? Geometry { get; init; }

    /// <summary>What is wrong with it. Pointers are relative to the feature, <c>/properties/...</c> or <c>/geometry/...</c>.</summary>
    public IReadOnlyList<GeometryFault> Faults { get; init; } = [];

    /// <summary>Whether this is no feature but the reason, in <see cref="Faults"/>, why the file cannot be read, or be read on.</summary>
    public bool IsEndOfReading { get; init; }

    /// <summary>A feature that is at fault as a whole.</summary>
    public static SourceFeature Refused(long index, string? id, string pointer, string detail) =>
        new() { Index = index, Id = id, Faults = [new GeometryFault(pointer, detail)] };

    /// <summary>The end of a file that cannot be read, or be read on.</summary>
    /// <param name="index">How many features came before.</param>
    /// <param name="detail">Why, for the sender.</param>
    public static SourceFeature Unreadable(long index, string detail) =>
        new() { Index = index, Faults = [new GeometryFault("", detail)], IsEndOfReading = true };
}
