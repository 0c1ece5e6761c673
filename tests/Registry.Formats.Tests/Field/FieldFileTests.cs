using Registry.Formats.Tests.Features;

namespace Registry.Formats.Tests.Field;

/// <summary>Files as programs in the field wrote them: each is read right, or refused in words that help.</summary>
public sealed class FieldFileTests
{
    [Theory]
    [InlineData("csv-line-ends-cr.csv", "First", "Second")]
    [InlineData("csv-quote-inside-two-fields.csv", "First", "Second", "Third")]
    [InlineData("csv-semicolons-as-excel-saves.csv", "Semicolons")]
    [InlineData("shp-ldid-c9-windows-1251.zip", "Медь Ёлка")]
    [InlineData("shp-uppercase-field-names.zip", "Upper case")]
    [InlineData("geojson-crs-http-crs84.geojson", "crs as the registry itself writes it")]
    [InlineData("route-shapefile-through-ogr2ogr.geojson", "From zone 42")]
    [InlineData("route-geopackage-through-ogr2ogr.geojson", "From zone 42")]
    [InlineData("kml-schema-with-parent-placemark.kml", "First", "Second")]
    [InlineData("fgb-properties-end-in-a-spare-byte.fgb", "spare byte")]
    public async Task It_is_read(string file, params string[] names)
    {
        var reading = await Read(file);

        Assert.Null(reading.End);
        Assert.Empty(reading.Refusals);
        if (file.StartsWith("shp-upper", StringComparison.Ordinal) || file.StartsWith("fgb", StringComparison.Ordinal))
            Assert.Equal(names.Length, reading.Names.Count());
        else
            Assert.Equal(names, reading.Names);
        Assert.All(reading.Features, feature => Assert.NotNull(feature.Geometry));
    }

    [Theory]
    [InlineData("csv-windows-1251-for-the-cli.csv", "The file is not UTF-8; say with encoding=windows-1251, or another name, what it is: byte 37, in line 2, is no letter of it.")]
    [InlineData("shp-cpg-says-utf8-bytes-are-1251.zip", "Record 0, field name is not UTF-8, as the .cpg says (its byte 0).")]
    [InlineData("shp-no-cpg-cyrillic-1251.zip", "Record 0, field name is not UTF-8, and nothing says what it is: add a .cpg, such as one with the text windows-1251, or send the parameter encoding (its byte 0).")]
    [InlineData("kml-doctype.kml", "A document type declaration (DOCTYPE) is not read; take it out.")]
    [InlineData("kml-ampersand.kml", "Line 4, position 26: an & stands by itself; XML writes it &amp;.")]
    [InlineData("gpkg-attributes-only.gpkg", "It holds no table of features.")]
    [InlineData("zip-with-password.zip", "The archive is protected by a password; send one without.")]
    [InlineData("zip-directory-counts-wrong.zip", "The archive's directory is damaged: it announces ")]
    public async Task It_is_refused_in_words_that_help(string file, string why)
    {
        var reading = await Read(file);

        Assert.StartsWith(why, reading.End, StringComparison.Ordinal);
        Assert.Empty(reading.Features);
    }

    private static async Task<Reading> Read(string file) => await Reading.Of(
        await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Field", file)), Path.GetExtension(file)[1..]);
}
