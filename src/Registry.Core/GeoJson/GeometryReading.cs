using System.Diagnostics.CodeAnalysis;
using NetTopologySuite.Geometries;

namespace Registry.Core.GeoJson;

/// <summary>Why a geometry is refused.</summary>
/// <param name="Pointer">The place, an RFC 6901 JSON pointer relative to the geometry object: <c>/coordinates/0/3/1</c>; empty for the whole.</param>
/// <param name="Detail">A sentence for the sender.</param>
[SuppressMessage("Naming", "CA1720", Justification = "Pointer is the word of RFC 6901 and of the HTTP contract.")]
public sealed record GeometryFault(string Pointer, string Detail);

/// <summary>What came of reading a geometry: the geometry, or why there is none.</summary>
public sealed class GeometryReading
{
    private GeometryReading(Geometry? geometry, IReadOnlyList<GeometryFault> faults, bool isBroken)
    {
        Geometry = geometry;
        Faults = faults;
        IsBroken = isBroken;
    }

    /// <summary>The geometry, valid, in <see cref="Wgs84"/>, its rings by the right-hand rule; null when it was refused.</summary>
    public Geometry? Geometry { get; }

    /// <summary>Why there is no geometry: at least one fault then, none otherwise.</summary>
    public IReadOnlyList<GeometryFault> Faults { get; }

    /// <summary>Whether there is a geometry.</summary>
    [MemberNotNullWhen(true, nameof(Geometry))]
    public bool IsSound => Geometry is not null;

    /// <summary>Whether the text is not JSON: the reader that it came from cannot go on. After any other fault it can.</summary>
    public bool IsBroken { get; }

    internal static GeometryReading Sound(Geometry geometry) => new(geometry, [], isBroken: false);

    internal static GeometryReading Refused(FaultList faults) => new(null, faults.ToArray(), isBroken: false);

    internal static GeometryReading Broken(GeometryFault fault) => new(null, [fault], isBroken: true);
}
