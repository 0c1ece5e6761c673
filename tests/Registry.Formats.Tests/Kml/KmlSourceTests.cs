using System.Text;
using Registry.Formats.Encodings;
using Registry.Formats.Tests.Features;
using Registry.Gateway.Tests.Imports;

namespace Registry.Formats.Tests.Kml;

public sealed class KmlSourceTests
{
    private const string Point = "<Point><coordinates>71,49</coordinates></Point>";

    [Theory]
    [InlineData("windows-1251", "Ёлка")]
    [InlineData("utf-8", "安徽")]
    [InlineData("GBK", "安徽")]
    public async Task The_declaration_names_the_encoding(string name, string text)
    {
        var document = $"<?xml version=\"1.0\" encoding=\"{name}\"?>\n<kml><Placemark><name>{text}</name>{Point}</Placemark></kml>";

        Assert.Equal([text], (await Reading.Of(TextEncodings.Find(name)!.GetBytes(document), "kml")).Names);
    }

    [Fact]
    public async Task What_is_not_what_it_declares_is_refused_at_its_byte()
    {
        var bytes = TextEncodings.Find("windows-1251")!.GetBytes($"<kml><Placemark><name>Ёлка</name>{Point}</Placemark></kml>");

        Assert.StartsWith(
            "The document is not UTF-8, which XML is where it says nothing else: byte 22, in line 1,", (await Reading.Of(bytes, "kml")).End, StringComparison.Ordinal);
        Assert.Equal(["Ёлка"], (await Reading.Of(bytes, "kml", TextEncodings.Find("windows-1251"))).Names);
    }

    [Theory]
    [InlineData("<kml><Placemark><name>a & b</name></Placemark></kml>", "Line 1, position 26: an & stands by itself; XML writes it &amp;.")]
    [InlineData("<kml><Placemark><name>a</nam></Placemark></kml>", "Line 1, position 26: the document is not well-formed XML there, or is cut short.")]
    [InlineData("<kml>\n<Placemark>", "Line 2, position 12: the document is not well-formed XML there, or is cut short.")]
    [InlineData("<!DOCTYPE kml [<!ENTITY a \"b\">]>\n<kml>&a;</kml>", "A document type declaration (DOCTYPE) is not read; take it out.")]
    [InlineData("<kml><Document><Point><coordinates>71,49</coordinates></Point></Document></kml>", "A Point stands outside a Placemark: what it is of is not known.")]
    public async Task What_is_wrong_is_told_in_own_words_with_the_place(string document, string why) =>
        Assert.Equal(why, (await Reading.Of(Encoding.UTF8.GetBytes(document), "kml")).End);

    [Fact]
    public async Task Prefixes_that_nobody_declares_are_known()
    {
        var document = $"<kml><Document><gx:Tour/><Placemark><name>a</name><gx:balloonVisibility>1</gx:balloonVisibility>{Point}</Placemark></Document></kml>";

        Assert.Equal(["a"], (await Reading.Of(Encoding.UTF8.GetBytes(document), "kml")).Names);
    }

    [Fact]
    public async Task A_label_beside_a_polygon_is_none_of_the_ground_and_is_told()
    {
        var ring = "<outerBoundaryIs><LinearRing><coordinates>71,49 71.1,49 71.1,49.1 71,49</coordinates></LinearRing></outerBoundaryIs>";
        var document = $"<kml><Placemark><name>a</name><MultiGeometry>{Point}<Polygon>{ring}</Polygon></MultiGeometry></Placemark></kml>";

        var feature = Assert.Single((await Reading.Of(Encoding.UTF8.GetBytes(document), "kml")).Features);

        Assert.Empty(feature.Faults);
        Assert.Contains("\"Polygon\"", Encoding.UTF8.GetString(feature.Geometry!), StringComparison.Ordinal);
        Assert.True(feature.Properties.TryGetProperty("label", out _));
    }

    [Fact]
    public async Task Pictures_are_refused_one_by_one()
    {
        var document = $"<kml><GroundOverlay><name>map</name></GroundOverlay><Placemark><name>a</name>{Point}</Placemark></kml>";

        var reading = await Reading.Of(Encoding.UTF8.GetBytes(document), "kml");

        Assert.Equal(["a"], reading.Names);
        Assert.Equal(["A GroundOverlay is a picture; only placemarks are read."], reading.Refusals);
    }

    [Fact]
    public async Task A_kmz_is_a_zip_with_one_document()
    {
        var document = Encoding.UTF8.GetBytes($"<kml><Placemark><name>a</name>{Point}</Placemark></kml>");

        Assert.Equal(["a"], (await Reading.Of(Gdal.Zip([("doc.kml", document), ("files/icon.png", [1])]), "kmz")).Names);
        Assert.Equal("The archive holds several KML documents; import them one by one.", (await Reading.Of(Gdal.Zip([("a.kml", document), ("b.kml", document)]), "kmz")).End);
        Assert.Equal("The archive holds no KML document (.kml).", (await Reading.Of(Gdal.Zip([("a.txt", document)]), "kmz")).End);
        Assert.Equal("The file is no zip archive, or is cut short.", (await Reading.Of(document, "kmz")).End);
    }

    [Fact]
    public async Task Documents_of_a_kmz_that_link_to_one_another_are_read_each_once()
    {
        var root = Linking("layers/one.kml", "layers/two%20.kml", "./layers/one.kml");
        var (one, two) = (Document("a", "b"), Document("c"));

        var reading = await Reading.Of(Gdal.Zip([("layers/one.kml", one), ("layers/two .kml", two), ("doc.kml", root)]), "kmz");

        Assert.Null(reading.End);
        Assert.Equal(["a", "b", "c"], reading.Names);
        Assert.Equal([0, 1, 2], reading.Features.Select(feature => feature.Index));
    }

    [Theory]
    [InlineData("layers/one.kml", "not to all of them a link (NetworkLink) leads")]
    [InlineData("https://example.invalid/two.kml", "which is not fetched")]
    [InlineData("../two.kml", "which is not fetched")]
    [InlineData("", "which is not fetched")]
    public async Task A_kmz_of_which_something_would_be_lost_is_refused(string link, string why)
    {
        var file = Gdal.Zip([("doc.kml", Linking(link)), ("layers/one.kml", Document("a")), ("two.kml", Document("b"))]);

        Assert.Contains(why, (await Reading.Of(file, "kmz")).End, StringComparison.Ordinal);
    }

    private static byte[] Linking(params string[] links) => Encoding.UTF8.GetBytes(
        $"<kml><Document>{string.Concat(links.Select(link => $"<NetworkLink><name>x</name><Link><href>{link}</href></Link></NetworkLink>"))}</Document></kml>");

    private static byte[] Document(params string[] names) => Encoding.UTF8.GetBytes(
        $"<kml><Document>{string.Concat(names.Select(name => $"<Placemark><name>{name}</name>{Point}</Placemark>"))}</Document></kml>");
}
