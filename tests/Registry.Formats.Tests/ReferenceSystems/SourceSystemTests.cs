using Registry.Formats.ReferenceSystems;

namespace Registry.Formats.Tests.ReferenceSystems;

/// <summary>Reference systems by the names that files give them, and what becomes of their positions.</summary>
public sealed class SourceSystemTests
{
    private const string Pulkovo = """GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";
    private const string Wgs = """GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";

    [Theory]
    [InlineData("EPSG:32642")]
    [InlineData("epsg:32642")]
    [InlineData("32642")]
    [InlineData("[EPSG:32642]")]
    [InlineData("urn:ogc:def:crs:EPSG::32642")]
    [InlineData("urn:x-ogc:def:crs:EPSG:6.9:32642")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/32642")]
    [InlineData("https://www.opengis.net/def/crs/EPSG/9.9.1/32642")]
    [InlineData("http://www.opengis.net/gml/srs/epsg.xml#32642")]
    [InlineData("https://spatialreference.org/ref/epsg/32642/")]
    [InlineData("http://spatialreference.org/ref/epsg/32642/proj4/")]
    public void A_code_is_found_in_every_spelling(string name) => Assert.Equal("WGS 84 / UTM zone 42N", SourceSystemNames.Find(name)?.Name);

    [Theory]
    [InlineData("CRS84")]
    [InlineData("OGC:CRS84")]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84")]
    [InlineData("http://www.opengis.net/def/crs/OGC/1.3/CRS84")]
    [InlineData("EPSG:4326")]
    [InlineData("WGS 84")]
    [InlineData("WGS_1984")]
    public void Wgs_84_is_found_in_every_spelling(string name) => Assert.True(SourceSystemNames.Find(name)?.IsWgs84);

    [Theory]
    [InlineData("EPSG:20012")]
    [InlineData("EPSG:32661")]
    [InlineData("EPSG:2550")]
    [InlineData("EPSG:4326:4284x")]
    [InlineData("klingon")]
    [InlineData("")]
    public void What_is_not_read_is_not_guessed(string name) => Assert.Null(SourceSystemNames.Find(name));

    // Positions as PROJ 9.1.1 computes them from the system's own numbers.
    [Theory]
    [InlineData("EPSG:32642", 500000, 5400000, 69, 48.753013004, 1e-8)]
    [InlineData("EPSG:32742", 500000, 4600000, 69, -48.753013004, 1e-8)]
    [InlineData("EPSG:3857", 7900000, 6000000, 70.966907445, 47.353704702, 1e-8)]
    [InlineData("EPSG:28412", 12500000, 5400000, 68.999130914, 48.733075548, 1e-7)]
    [InlineData("EPSG:28472", 500000, 5400000, 68.999130914, 48.733075548, 1e-7)]
    [InlineData("EPSG:2502", 500000, 5400000, 68.999130914, 48.733075548, 1e-7)]
    [InlineData("EPSG:2598", 500000, 5400000, 68.999130914, 48.733075548, 1e-7)]
    [InlineData("EPSG:2539", 23500000, 5400000, 68.999130914, 48.733075548, 1e-7)]
    [InlineData("EPSG:4284", 71, 49, 70.999182688, 49.000374137, 1e-7)]
    public void A_position_is_where_proj_has_it(string name, double x, double y, double longitude, double latitude, double tolerance)
    {
        Assert.Null(SourceSystemNames.Find(name)!.ToWgs84(x, y, out var east, out var north));
        Assert.Equal(longitude, east, tolerance);
        Assert.Equal(latitude, north, tolerance);
    }

    [Theory]
    [InlineData("EPSG:32642", 1_000_001, 5_400_000, "more than 500 km from the meridian of its zone")]
    [InlineData("EPSG:28412", 500_000, 5_400_000, "more than 500 km")]
    [InlineData("EPSG:32642", double.NaN, 5_400_000, "more than 500 km")]
    [InlineData("EPSG:4284", 181, 49, "is none of Pulkovo 1942")]
    [InlineData("EPSG:4284", 71, double.PositiveInfinity, "is none of Pulkovo 1942")]
    [InlineData("EPSG:3857", 30_000_000, 0, "is none of WGS 84 / Pseudo-Mercator")]
    public void A_position_that_is_none_of_the_system_is_told(string name, double x, double y, string why) =>
        Assert.Contains(why, SourceSystemNames.Find(name)!.ToWgs84(x, y, out _, out _), StringComparison.Ordinal);

    public static TheoryData<string, string> Texts => new()
    {
        { Wgs, "EPSG:4326" },
        { Pulkovo, "EPSG:4284" },
        { Projected("Участок", Wgs, "Transverse_Mercator", "69.0", "0.9996", "500000"), "EPSG:32642" },
        { Projected("Pulkovo_1942_GK_Zone_12", Pulkovo, "Gauss_Kruger", "69.0", "1.0", "12500000.0"), "EPSG:28412" },
        { $"""COMPD_CS["with heights",{Projected("x", Wgs, "Transverse_Mercator", "69", "0.9996", "500000")},VERT_CS["Baltic",VERT_DATUM["Baltic",2005],UNIT["metre",1]]]""", "EPSG:32642" },
        { $"""PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{Wgs},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]""", "EPSG:3857" },
        { """PROJCRS["WGS 84 / UTM zone 42N",BASEGEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]],ENSEMBLEACCURACY[2.0]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]],CONVERSION["UTM zone 42N",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",69,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",0.9996,SCALEUNIT["unity",1]],PARAMETER["False easting",500000,LENGTHUNIT["metre",1]],PARAMETER["False northing",0,LENGTHUNIT["metre",1]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]],ID["EPSG",32642]]""", "EPSG:32642" },
        { Pulkovo.Replace("298.3]", "298.3],TOWGS84[23.57,-140.95,-79.8,0,0.35,0.79,-0.22]", StringComparison.Ordinal), "EPSG:4284" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_well_known_text_is_read_by_its_numbers(string text, string code) =>
        Assert.True(WellKnownSystem.Read(text, "The .prj").IsSame(SourceSystemNames.Find(code)!));

    [Fact]
    public void Parameters_that_a_file_names_itself_hold()
    {
        var other = WellKnownSystem.Read(Pulkovo.Replace("298.3]", "298.3],TOWGS84[25,-141,-78.5,0,0.35,0.736,0]", StringComparison.Ordinal), "The .prj");
        other.ToWgs84(71, 49, out var longitude, out _);
        SourceSystemNames.Find("EPSG:4284")!.ToWgs84(71, 49, out var official, out _);

        Assert.InRange(Math.Abs(longitude - official) * 73_000, 0.3, 10);
    }

    public static TheoryData<string> Others =>
    [
        "",
        "no text",
        Wgs[..^3],
        Wgs.Replace("0.0174532925199433", "0.0157079632679489", StringComparison.Ordinal),
        Wgs.Replace("\"Greenwich\",0.0", "\"Ferro\",-17.666", StringComparison.Ordinal),
        Wgs.Replace("D_WGS_1984", "D_Pulkovo_1995", StringComparison.Ordinal),
        Wgs.Replace("D_WGS_1984", "D_Pulkovo_1942", StringComparison.Ordinal),
        Pulkovo.Replace("298.3]", "298.3],TOWGS84[1,2,3]", StringComparison.Ordinal),
        Projected("in feet", Wgs, "Transverse_Mercator", "69.0", "0.9996", "500000", unit: "0.3048"),
        Projected("Lambert", Wgs, "Lambert_Conformal_Conic", "69.0", "0.9996", "500000"),
        Projected("oblique", Wgs, "Transverse_Mercator", "69.0", "0.9996", "500000").Replace("Latitude_Of_Origin", "Azimuth", StringComparison.Ordinal),
        string.Concat(Enumerable.Repeat("A[", 10_000)),
        new string('A', 100_000),
    ];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_another_system_is_refused_with_the_command(string text) => Assert.Contains(
        "ogr2ogr -t_srs EPSG:4326", Assert.Throws<SourceException>(() => WellKnownSystem.Read(text, "The .prj")).Message, StringComparison.Ordinal);

    private static string Projected(string name, string geographic, string method, string meridian, string scale, string easting, string unit = "1.0") =>
        $"""PROJCS["{name}",{geographic},PROJECTION["{method}"],PARAMETER["False_Easting",{easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",{unit}]]""";
}
