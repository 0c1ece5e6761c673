using System.Text;
using Registry.Formats.Features;
using Registry.Formats.Kml;
using Registry.Gateway.Tests.Costs;

namespace Registry.Formats.Tests.Features;

/// <summary>Small files of texts that were made to be slow to read.</summary>
public sealed class CostlyFileTests
{
    private static readonly string[] Pieces = ["<![CDATA[1]]>", "1<!---->", "1<?p?>"];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_text_in_many_pieces_is_read_once(int piece)
    {
        // Put together by copying what came before, eight times the pieces take sixty-four times as long; read once, eight times.
        Assert.InRange(CpuTime.Growth(() => Walk(Text(20_000)), () => Walk(Text(160_000))), 0, 32);

        byte[] Text(int pieces) => Encoding.UTF8.GetBytes($"<kml><Placemark><name>{string.Concat(Enumerable.Repeat(Pieces[piece], pieces))}</name></Placemark></kml>");
    }

    [Fact]
    public void A_placemark_of_a_hundred_thousand_faults_is_refused_for_the_first()
    {
        var faults = string.Concat(Enumerable.Repeat("<coordinates/>", 70_000));
        var file = Encoding.UTF8.GetBytes($"<kml><Placemark>{faults}</Placemark><Placemark><Point><coordinates>70,49</coordinates></Point></Placemark></kml>");
        var features = new List<SourceFeature>();

        var took = CpuTime.Of(() => features.AddRange(Walk(file)));

        Assert.Equal([1, 0], features.Select(feature => feature.Faults.Count));
        // An exception for each took fifty times as long.
        Assert.InRange(took, TimeSpan.Zero, 3 * CpuTime.Calibration);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("kml")]
    public async Task The_name_of_a_column_is_as_long_as_names_are(string format)
    {
        // It is in the file once, and would be in what is read a hundred thousand times.
        var name = new string('n', 500_000);
        var file = format == "csv"
            ? $"WKT,{name}\n" + string.Concat(Enumerable.Repeat(",\n", 100_000))
            : $"<kml><Placemark><ExtendedData><Data name=\"{name}\"/><Data name=\"{name}\"><value/></Data></ExtendedData></Placemark></kml>";

        var (features, end) = await BadFileTests.Read(format, Encoding.UTF8.GetBytes(file));

        Assert.Contains("The name of a column", (end ?? features[0]).Faults[0].Detail, StringComparison.Ordinal);
    }

    // Each row takes two hundred names, of which the file has one byte.
    [Theory]
    [InlineData(1_000_000, 50)]
    [InlineData(long.MaxValue, 1_000)]
    public async Task Properties_take_no_more_than_they_may_all_together(long bytes, int read)
    {
        var header = string.Join(',', Enumerable.Range(0, 199).Select(i => $"{i:000}{new string('n', 75)}"));
        var file = Encoding.UTF8.GetBytes($"WKT,{header}\n{string.Concat(Enumerable.Repeat(new string(',', 199) + "\n", 1_000))}");

        var reading = await Reading.Of(file, "csv", limits: SourceLimits.Default with { PropertyBytesOfFile = bytes });

        Assert.Equal(read, reading.Features.Count);
        if (read < 1_000)
            Assert.Contains("too many properties", reading.End, StringComparison.Ordinal);
        else
            Assert.Null(reading.End);
    }

    [Fact]
    public async Task Geometries_take_no_more_than_they_may_all_together()
    {
        var line = $"<Placemark><LineString><coordinates>{string.Concat(Enumerable.Repeat("70,48 71,49 ", 500))}</coordinates></LineString></Placemark>";
        var file = Encoding.UTF8.GetBytes($"<kml>{string.Concat(Enumerable.Repeat(line, 20))}</kml>");

        var reading = await Reading.Of(file, "kml", limits: SourceLimits.Default with { GeometryBytesOfFile = 80_000 });

        // Each is 8,000 bytes of positions, and its type.
        Assert.Equal(9, reading.Features.Count);
        Assert.Contains("too many positions", reading.End, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_a_shapefile_that_are_deleted_count_as_features()
    {
        var file = WorstArchives.All(new Random(1)).First(archive => archive.What == "deleted rows").File;

        var reading = await Reading.Of(file, "zip", limits: SourceLimits.Default with { Features = 1_000 });

        Assert.Empty(reading.Features);
        Assert.Contains("more than 1,000 features", reading.End, StringComparison.Ordinal);
    }

    private static List<SourceFeature> Walk(byte[] kml) =>
        new KmlSource().Read(new MemoryStream(kml), SourceLimits.Default, CancellationToken.None).ToBlockingEnumerable().ToList();
}
