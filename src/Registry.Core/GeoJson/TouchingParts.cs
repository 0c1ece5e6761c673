namespace Registry.Core.GeoJson;

/// <summary>What is made of a MultiPolygon whose parts share an edge or lie in one another, though each is sound by itself.</summary>
public enum TouchingParts
{
    /// <summary>It is refused: such a MultiPolygon bounds no area (OGC 06-103r4, 6.1.14).</summary>
    Refused,

    /// <summary>It is passed on as it stands, to a reader that decides.</summary>
    Kept,

    /// <summary>Its parts are united: for ground that is cells it is beyond doubt which are meant.</summary>
    United,
}
