using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace Registry.Core.Law;

/// <summary>The regions of a country, for statistics. They decide nothing: no right depends on a region.</summary>
public sealed class RegionMap
{
    private readonly Region[] _regions;

    /// <param name="regions">Each region's name, and its outline in degrees.</param>
    public RegionMap(IEnumerable<(string Name, Geometry Outline)> regions) =>
        _regions = [.. regions.Select(region => new Region(region.Name, region.Outline))];

    /// <summary>The region of a point, in degrees; null when it is in none. On a border, the first in the map's order.</summary>
    public string? NameAt(double longitude, double latitude)
    {
        var point = new Coordinate(longitude, latitude);
        foreach (var region in _regions)
        {
            if (region.Extent.Contains(point) && region.Locator.Locate(point) != Location.Exterior)
                return region.Name;
        }

        return null;
    }

    private sealed class Region
    {
        public Region(string name, Geometry outline)
        {
            (Name, Extent, Locator) = (name, outline.EnvelopeInternal, new IndexedPointInAreaLocator(outline));
            // The locator makes its index at the first question: asked here, it is ready before threads share it.
            Locator.Locate(Extent.Centre);
        }

        public string Name { get; }

        public Envelope Extent { get; }

        public IndexedPointInAreaLocator Locator { get; }
    }
}
