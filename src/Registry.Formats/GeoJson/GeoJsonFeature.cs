using System.Text.Json;
using Registry.Core.GeoJson;

namespace Registry.Formats.GeoJson;

/// <summary>One feature of a file that is imported, sound or not, or the reason why the file could not be read on.</summary>
public sealed record GeoJsonFeature
{
    /// <summary>Its place in the file, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>Its <c>id</c>, a text or a number as it is written; null where there is none.</summary>
    public string? Id { get; init; }

    /// <summary>Its properties: an object, or <see cref="JsonValueKind.Undefined"/> where there are none. Independent of the file.</summary>
    public JsonElement Properties { get; init; }

    /// <summary>What came of reading its geometry; null for a feature that says it has none (RFC 7946, section 3.2).</summary>
    public GeometryReading? Geometry { get; init; }

    /// <summary>All that is wrong with it, its geometry included; pointers are relative to the feature.</summary>
    public IReadOnlyList<GeometryFault> Faults { get; init; } = [];

    /// <summary>
    /// Not null for the last item of a file that could not be read to its end or is no FeatureCollection: the byte, from 0, at which
    /// it stopped. <see cref="Faults"/> says why; features before it were read.
    /// </summary>
    public long? FileStoppedAt { get; init; }
}
