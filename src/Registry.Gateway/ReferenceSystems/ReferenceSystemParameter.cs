using Registry.Core;
using Registry.Formats.ReferenceSystems;

namespace Registry.Gateway.ReferenceSystems;

/// <summary>The parameters <c>crs</c> and <c>bbox-crs</c> (OGC API - Features, Part 2): identifiers of reference systems.</summary>
public static class ReferenceSystemParameter
{
    /// <summary>Names the system of the answer's geometry.</summary>
    public const string Answer = "crs";

    /// <summary>Names the system of the parameter <c>bbox</c>.</summary>
    public const string Box = "bbox-crs";

    /// <summary>The header that names the system of an answer's geometry.</summary>
    public const string Header = "Content-Crs";

    /// <summary>Reads one of the parameters.</summary>
    /// <param name="name">Which.</param>
    /// <param name="text">Its value; null where it is absent.</param>
    /// <param name="system">The system; CRS84 where the parameter is absent.</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static Refusal? Read(string name, ReadOnlyMemory<char>? text, out ReferenceSystem system)
    {
        system = ReferenceSystem.Crs84;
        if (text is not { } uri)
            return null;
        if (ReferenceSystem.Find(uri.Span) is not { } found)
        {
            return Refusal.Malformed(
                name, $"There is no such reference system here; there are {string.Join(", ", ReferenceSystem.All.Select(known => known.Uri))}.");
        }

        system = found;
        return null;
    }

    /// <summary>Names the system in the header of an answer (/req/crs/ogc-crs-header).</summary>
    public static void WriteHeader(HttpResponse response, ReferenceSystem system) => response.Headers[Header] = $"<{system.Uri}>";
}
