namespace Registry.Formats.VectorTile;

/// <summary>The numbers of the fields of a vector tile: vector_tile.proto of the Mapbox Vector Tile Specification 2.1.</summary>
internal static class TileFields
{
    public const int Layers = 3;

    public const int LayerName = 1, Features = 2, Keys = 3, Values = 4, LayerExtent = 5, LayerVersion = 15;

    public const int FeatureId = 1, Tags = 2, Type = 3, Geometry = 4;

    public const int TextValue = 1, UnsignedValue = 5;

    /// <summary>The version of the specification that layers name.</summary>
    public const int Version = 2;
}
