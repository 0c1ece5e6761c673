using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Registry.Formats.Encodings;
using Registry.Formats.Tests.Features;

namespace Registry.Formats.Tests.Csv;

public sealed class CsvSourceTests
{
    [Theory]
    [InlineData("name,lon,lat\na,71,49\n\"b;c\",71,49\n", "a", "b;c")]
    [InlineData("name;lon;lat\r\na;71,5;49,25\r\n\"b,c\";71;49\r\n", "a", "b,c")]
    [InlineData("name\tlon\tlat\ra\t71\t49\rb\t71\t49", "a", "b")]
    [InlineData("sep=|\nname|lon|lat\na|71|49\n", "a")]
    [InlineData("NAME,Lon,LAT\n6\" vein,71,49\n3\",71,49\nlast,71,49\n", "6\" vein", "3\"", "last")]
    [InlineData("name,WKT\n\"two\nlines\",POINT (71 49)\n\n\n \"x,POINT (71 49)\n", "two\nlines", " \"x")]
    [InlineData("name,lon,lat\n\"\"\"all\"\"\",71,49\n", "\"all\"")]
    public async Task Tables_are_read_as_programs_write_them(string table, params string[] names)
    {
        var reading = await Reading.Of(Encoding.UTF8.GetBytes(table), "csv");

        Assert.Null(reading.End);
        Assert.Equal(names, reading.Names);
        Assert.All(reading.Features, feature => Assert.NotNull(feature.Geometry));
    }

    [Theory]
    [InlineData("X,Y,name\n71,49,a\n", true)]
    [InlineData("name;easting;northing\na;500000;5400000\n", true)]
    [InlineData("x,y,cells\n71,49,M-44-86-(10в-5а-12)\n", false)]
    [InlineData("x,y,lon,lat\n1,2,71,49\n", false)]
    public async Task Columns_x_and_y_are_asked_what_they_are(string table, bool isRefused)
    {
        var end = (await Reading.Of(Encoding.UTF8.GetBytes(table), "csv")).End;
        Assert.Equal(isRefused, end?.StartsWith("The table has columns x and y, and nothing says what they are", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData("utf-16le", true, "Ёлка № 5")]
    [InlineData("utf-16be", true, "Ёлка № 5")]
    [InlineData("utf-8", true, "安徽")]
    [InlineData("windows-1251", false, "Ёлка № 5")]
    [InlineData("cp866", false, "Медь")]
    [InlineData("gbk", false, "安徽")]
    public async Task Encodings_are_marked_or_named(string name, bool isMarked, string text)
    {
        var encoding = TextEncodings.Find(name)!;
        byte[] mark = isMarked ? encoding.CodePage switch { 1200 => [0xFF, 0xFE], 1201 => [0xFE, 0xFF], _ => [0xEF, 0xBB, 0xBF] } : [];
        byte[] table = [.. mark, .. encoding.GetBytes($"name\tlon\tlat\r\n{text}\t71\t49\r\n")];

        Assert.Equal([text], (await Reading.Of(table, "csv", isMarked ? null : encoding)).Names);
        if (!isMarked)
            Assert.Contains("is not UTF-8", (await Reading.Of(table, "csv")).End, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(65_530)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task The_byte_that_is_no_letter_is_named(int before)
    {
        byte[] table = [.. Encoding.ASCII.GetBytes($"name,lon,lat\n{new string('x', before)}"), 0xCC, .. ",71,49\n"u8];

        var end = (await Reading.Of(table, "csv")).End;

        Assert.Contains($"byte {Array.IndexOf(table, (byte)0xCC)}, in line 2,", end, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name,lon,lat\na,71,49\n\"b\"c,71,49\nd,71,49\n", "Line 3: a quote is not closed, or text stands behind a closing one.")]
    [InlineData("name,lon,lat\na,71,49\n\"b,71,49\nd,71,49\n", "Line 3: a quote is not closed")]
    public async Task Rows_that_cannot_be_told_apart_refuse_the_table(string table, string why) =>
        Assert.StartsWith(why, (await Reading.Of(Encoding.UTF8.GetBytes(table), "csv")).End, StringComparison.Ordinal);

    [Fact]
    public async Task A_row_over_a_limit_is_refused_alone()
    {
        var table = $"name,lon,lat\na,71,49\n{new string(',', 300)}\n{new string('b', 1_100_000)},71,49\nshort\nc,x,49\nd,71,49\n";

        var reading = await Reading.Of(Encoding.UTF8.GetBytes(table), "csv");

        Assert.Null(reading.End);
        Assert.Equal(["a", "d"], reading.Names);
        Assert.Equal(
            [
                "Line 3: The row has more than 200 fields.",
                "Line 4: The properties are longer than 1,000,000 characters.",
                "Line 5: The row has 1 fields where the header has 3.",
                "Line 6: \"x\" is no number of degrees.",
            ],
            reading.Refusals);
    }

    [Fact]
    public async Task No_row_that_python_reads_is_lost()
    {
        var random = new Random(7);
        var tables = Enumerable.Range(0, 200).Select(_ => Table(random)).ToArray();
        var rows = await ReadByPython(tables);

        for (var i = 0; i < tables.Length; i++)
        {
            var reading = await Reading.Of(Encoding.UTF8.GetBytes(tables[i]), "csv");
            // A table that is refused registers nothing, and says so.
            if (reading.End is not null)
                continue;
            var expected = rows[i].Skip(1).Where(row => row.Length > 0).ToArray();
            Assert.True(expected.Length == reading.Features.Count, tables[i]);
            Assert.Equal(expected.Where(row => row.Length == 3 || (row.Length > 3 && row.Skip(3).All(string.IsNullOrWhiteSpace))).Select(row => row[0]), reading.Names);
        }
    }

    private static string Table(Random random)
    {
        string[] pieces = ["a", "б", "\"", "\"\"", ",", "\n", "\r\n", " ", ";", "x y", "\"q\"", "'"];
        var table = new StringBuilder("name,remark,other\n");
        for (var row = 0; row < 6; row++)
        {
            for (var field = 0; field < 3; field++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(0, 3)).Select(_ => pieces[random.Next(pieces.Length)]));
                table.Append(field == 0 ? "" : ",").Append(random.Next(3) == 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text);
            }

            table.Append('\n');
        }

        return table.ToString();
    }

    private static async Task<string[][][]> ReadByPython(string[] tables)
    {
        const string script = "import csv,io,json,sys; print(json.dumps([list(csv.reader(io.StringIO(t,newline=''))) for t in json.load(sys.stdin)]))";
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(tables));
        python.StandardInput.Close();
        var rows = JsonSerializer.Deserialize<string[][][]>(await python.StandardOutput.ReadToEndAsync())!;
        await python.WaitForExitAsync();
        return rows;
    }
}
