using System.Text;
using Registry.Formats.Encodings;
using Registry.Formats.Tests.Features;

namespace Registry.Formats.Tests.Shapefile;

public sealed class EncodingTests
{
    [Theory]
    [InlineData(0xC9, "windows-1251", "Медь Ёлка № 5")]
    [InlineData(0xC8, "windows-1250", "Měď")]
    [InlineData(0x4D, "gbk", "安徽")]
    [InlineData(0x26, "cp866", "Медь Ёлка")]
    [InlineData(0x57, "utf-8", "Медь Ёлка № 5")]
    [InlineData(0x00, "utf-8", "Мыс")]
    public async Task Texts_are_in_what_byte_29_names(byte driver, string encoding, string name)
    {
        var file = PointShapefile.Of(TextEncodings.Find(encoding)!, name) with { Driver = driver };

        var reading = await Reading.Of(file.ToZip(), "zip");

        Assert.Null(reading.End);
        Assert.Equal([name], reading.Names);
    }

    [Theory]
    [InlineData("1251")]
    [InlineData("ANSI 1251")]
    [InlineData("CP1251")]
    [InlineData("windows-1251\r\n")]
    [InlineData("LDID/201")]
    public async Task The_cpg_goes_before_byte_29(string cpg)
    {
        var file = PointShapefile.Of(TextEncodings.Find("windows-1251")!, "Медь") with { Driver = 0xC8, Cpg = cpg };

        Assert.Equal(["Медь"], (await Reading.Of(file.ToZip(), "zip")).Names);
    }

    [Theory]
    [InlineData(0x57, null, "is not UTF-8, and nothing says what it is")]
    [InlineData(0xC9, "UTF-8", "Record 1, field name is not UTF-8, as the .cpg says")]
    [InlineData(0xEE, null, "Byte 29 of the .dbf names a code page that is not read, 0xEE")]
    [InlineData(0xC9, "klingon", "The .cpg names an encoding that is not read, \"klingon\"")]
    public async Task What_is_not_what_it_claims_is_refused_and_read_when_its_encoding_is_named(byte driver, string? cpg, string why)
    {
        var windows = TextEncodings.Find("windows-1251")!;
        var file = (PointShapefile.Of(windows, "ascii", "Медь") with { Driver = driver, Cpg = cpg }).ToZip();

        Assert.Contains(why, (await Reading.Of(file, "zip")).End, StringComparison.Ordinal);
        Assert.Equal(["ascii", "Медь"], (await Reading.Of(file, "zip", windows)).Names);
    }

    [Fact]
    public async Task A_byte_without_a_letter_is_refused()
    {
        var file = new PointShapefile { Names = [[0xCC, 0x98]], Driver = 0xC9 };

        Assert.Equal("Record 0, field name is not windows-1251, as byte 29 of the .dbf says (0xC9) (its byte 1).", (await Reading.Of(file.ToZip(), "zip")).End);
    }

    [Fact]
    public async Task Deleted_rows_are_no_features()
    {
        var file = PointShapefile.Of(Encoding.ASCII, "a", "b", "c", "d") with { Deleted = [0, 2] };

        var reading = await Reading.Of(file.ToZip(), "zip");

        Assert.Equal(["b", "d"], reading.Names);
        Assert.Contains("72", Encoding.UTF8.GetString(reading.Features[0].Geometry!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("folder/")]
    [InlineData("folder\\")]
    [InlineData("Папка/under/")]
    public async Task Archives_are_those_of_any_machine(string folder)
    {
        var file = PointShapefile.Of(Encoding.ASCII, "a") with
        {
            Folder = folder,
            Beside = [("__MACOSX/._d.shp", [1]), ("__MACOSX/folder/._d.shp", [1]), ($"{folder}._d.shp", [2]), (".DS_Store", [3])],
        };

        Assert.Equal(["a"], (await Reading.Of(file.ToZip(), "zip")).Names);
    }

    [Fact]
    public async Task A_byte_that_is_turned_in_an_archive_is_found_by_its_checksum()
    {
        var zip = PointShapefile.Of(Encoding.ASCII, new string('q', 40)).ToZip();
        var at = zip.AsSpan().IndexOf("d.dbf"u8) + 40;
        zip[at] ^= 1;

        Assert.NotNull((await Reading.Of(zip, "zip")).End);
    }
}
