namespace Registry.Gateway.Documentation;

/// <summary>The conformance classes that the registry meets wholly, as <c>/conformance</c> declares them.</summary>
/// <remarks>
/// OGC API - Features - Part 1: Core 1.0 (OGC 17-069r3). Its corrigendum 1.0.1 (17-069r4) has the same identifiers and adds, in
/// /req/core/fc-limit-response-1 C, that a limit above the maximum be cut down; here it is refused, as any other that is out of range.
/// </remarks>
public static class Conformance
{
    /// <summary>The identifiers of the classes.</summary>
    public static IReadOnlyList<string> Classes { get; } =
    [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    ];
}
