namespace Registry.Core.GeoJson;

/// <summary>The types of geometry that a caller accepts.</summary>
[Flags]
public enum GeometryTypes
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>One position.</summary>
    Point = 1,

    /// <summary>Several positions.</summary>
    MultiPoint = 2,

    /// <summary>One line.</summary>
    LineString = 4,

    /// <summary>Several lines.</summary>
    MultiLineString = 8,

    /// <summary>One area, with holes or without.</summary>
    Polygon = 16,

    /// <summary>Several areas that do not overlap.</summary>
    MultiPolygon = 32,

    /// <summary>Ground: a Polygon or a MultiPolygon.</summary>
    Areas = Polygon | MultiPolygon,

    /// <summary>Every type that is read; a GeometryCollection is not.</summary>
    All = Point | MultiPoint | LineString | MultiLineString | Areas,
}
