using NetTopologySuite.Geometries;

namespace Registry.Core.Filters.Text;

/// <summary>Geometry literals of cql2-text: well-known text, and BBOX. Altitudes are read, with the letter Z or without, and left out.</summary>
internal sealed class WellKnownText(TextTokens tokens)
{
    /// <summary>Whether a keyword begins a geometry.</summary>
    public static bool Begins(TextToken token) => token.Kind == TokenKind.Name && token.Value.ToUpperInvariant() is
        "POINT" or "LINESTRING" or "POLYGON" or "MULTIPOINT" or "MULTILINESTRING" or "MULTIPOLYGON" or "GEOMETRYCOLLECTION";

    /// <summary>A geometry, after its keyword.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public GeometryLiteral Read(TextToken keyword)
    {
        tokens.TakeKeyword("Z");
        return new GeometryLiteral(ReadGeometry(keyword)) { Place = keyword.Place };
    }

    /// <summary>A box, after its keyword.</summary>
    /// <exception cref="FilterFaultException">It is none.</exception>
    public BoxLiteral ReadBox(TextToken keyword) => LiteralGeometry.BoxOf(tokens.List(tokens.SignedNumber), keyword.Place);

    private Geometry ReadGeometry(TextToken keyword) => keyword.Value.ToUpperInvariant() switch
    {
        "POINT" => ReadPoint(),
        "LINESTRING" => ReadLine(),
        "POLYGON" => ReadPolygon(),
        "MULTIPOINT" => LiteralGeometry.MultiPoint(tokens.List(ReadMember)),
        "MULTILINESTRING" => LiteralGeometry.MultiLine(tokens.List(ReadLine)),
        "MULTIPOLYGON" => LiteralGeometry.MultiPolygon(tokens.List(ReadPolygon)),
        _ => LiteralGeometry.Collection(tokens.List(ReadPart)),
    };

    // A collection holds no collection, so this goes one level deep.
    private Geometry ReadPart()
    {
        if (!Begins(tokens.Current) || tokens.Current.Is("GEOMETRYCOLLECTION"))
            throw tokens.Unexpected("a geometry that is no collection");
        var keyword = tokens.Take();
        tokens.TakeKeyword("Z");
        return ReadGeometry(keyword);
    }

    private Point ReadPoint()
    {
        tokens.Expect("(");
        var position = ReadPosition();
        tokens.Expect(")");
        return LiteralGeometry.Point(position);
    }

    // The standard puts each position of a MULTIPOINT in parentheses; older well-known text does not.
    private Coordinate ReadMember() => tokens.Current.IsSymbol("(") ? ReadPoint().Coordinate : ReadPosition();

    private LineString ReadLine()
    {
        var place = tokens.Current.Place;
        return LiteralGeometry.Line(tokens.List(ReadPosition), place);
    }

    private Polygon ReadPolygon() => LiteralGeometry.Polygon(tokens.List(ReadRing));

    private LinearRing ReadRing()
    {
        var place = tokens.Current.Place;
        return LiteralGeometry.Ring(tokens.List(ReadPosition), place);
    }

    private Coordinate ReadPosition()
    {
        tokens.Budget.Vertex(tokens.Current.Place);
        var position = new Coordinate(tokens.SignedNumber(), tokens.SignedNumber());
        if (!tokens.Current.IsSymbol(",") && !tokens.Current.IsSymbol(")"))
            tokens.SignedNumber();
        return position;
    }
}
