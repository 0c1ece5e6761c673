using Registry.Core.GeoJson;
using Registry.Formats.ReferenceSystems;
using Registry.Formats.WellKnown;

namespace Registry.Formats.GeoPackage;

/// <summary>Reads a geometry as GeoPackage keeps it (OGC 12-128r19, section 2.1.3): a header, and well-known binary.</summary>
internal static class GeoPackageGeometry
{
    private const int HeaderBytes = 8;

    // By bits 1 to 3 of the flags: none, XY, XYZ, XYM, XYZM.
    private static readonly int[] EnvelopeBytes = [0, 32, 48, 48, 64];

    /// <summary>Reads the geometry.</summary>
    /// <param name="blob">The value of the column.</param>
    /// <param name="limits">How much is read.</param>
    /// <param name="system">What its positions are given in.</param>
    /// <param name="geometry">GeoJSON in UTF-8, unchecked; null for an empty geometry, or a fault.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Read(ReadOnlySpan<byte> blob, GeoJsonLimits limits, SourceSystem system, out byte[]? geometry)
    {
        geometry = null;
        if (blob.Length < HeaderBytes || !blob.StartsWith("GP\0"u8))
            return "The geometry does not begin as one of a GeoPackage does.";
        var flags = blob[3];
        const byte extended = 0x20, empty = 0x10;
        var envelope = (flags >> 1) & 7;
        if ((flags & extended) != 0 || envelope >= EnvelopeBytes.Length || blob.Length < HeaderBytes + EnvelopeBytes[envelope])
            return "The header of the geometry is not understood.";
        return (flags & empty) != 0 ? null : WellKnownBinary.Read(blob[(HeaderBytes + EnvelopeBytes[envelope])..], limits, system, out geometry);
    }
}
