using System.Text;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.LicenseBlocks;

[Collection(OneServer.Name)]
public sealed class MalformedApplicationTests(RegistryServer server)
{
    private const string Cell = "M-43-86-(10в-5а-12)";

    public static TheoryData<string, string> Malformed => new()
    {
        { "", "" },
        { " ", "" },
        { "{", "" },
        { """{"kind":"exploration","cells":["M-43""", "" },
        { "{} {}", "" },
        { """{"kind":"exploration",}""", "" },
        { """{"kind":NaN}""", "" },
        { """{"kind":Infinity}""", "" },
        { "// {}", "" },
        { "[]", "" },
        { "null", "" },
        { "\"text\"", "" },
        { "17", "" },
        { new string('[', 5000), "" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"colour":"red"}""", "/colour" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"a/b~c":1}""", "/a~1b~0c" },
        { $$"""{"kind":"exploration","kind":"exploration","cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"\ud800":1}""", "" },
        { $$"""{"cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":null,"cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":"treasure","cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":"Exploration","cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":"\ud800","cells":["{{Cell}}"]}""", "/kind" },
        { $$"""{"kind":3,"cells":["{{Cell}}"]}""", "/kind" },
        { """{"kind":"exploration"}""", "" },
        { """{"kind":"exploration","cells":null}""", "/cells" },
        { $$"""{"kind":"exploration","cells":"{{Cell}}"}""", "/cells" },
        { """{"kind":"exploration","cells":{}}""", "/cells" },
        { """{"kind":"exploration","cells":[1]}""", "/cells/0" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}",null]}""", "/cells/1" },
        { """{"kind":"exploration","cells":[""]}""", "/cells/0" },
        { """{"kind":"exploration","cells":["nowhere"]}""", "/cells/0" },
        { """{"kind":"exploration","cells":["M-43-86-(10в-5а-26)"]}""", "/cells/0" },
        { """{"kind":"exploration","cells":["M-43-145-(10в-5а-12)"]}""", "/cells/0" },
        { """{"kind":"exploration","cells":["M-61-86-(10в-5а-12)"]}""", "/cells/0" },
        { """{"kind":"exploration","cells":["M-43-86-(10d-5а-12)"]}""", "/cells/0" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}","SE51-72-e"]}""", "/cells/1" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}","{{Cell}}"]}""", "/cells/1" },
        { """{"kind":"exploration","cells":["M-43-86-(10в-5а-11-13)","KZ.M43.086.3.1.12"]}""", "/cells/1" },
        { $$$"""{"kind":"exploration","cells":["{{{Cell}}}"],"geometry":{"type":"Point","coordinates":[73,49]}}""", "" },
        { $$"""{"kind":"mining","cells":["{{Cell}}"]}""", "/cells" },
        { """{"kind":"exploration","geometry":7}""", "/geometry" },
        { """{"kind":"exploration","geometry":{"type":"Point","coordinates":[73,49]}}""", "/geometry/type" },
        { """{"kind":"exploration","geometry":{"type":"GeometryCollection","geometries":[]}}""", "/geometry/type" },
        { """{"kind":"exploration","geometry":{"type":"Polygon","coordinates":[[[73,49],[74,50],[74,49],[73,50],[73,49]]]}}""", "/geometry/coordinates/0" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"commodities":"lithium"}""", "/commodities" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"commodities":["unobtainium"]}""", "/commodities/0" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"ifTaken":"fight"}""", "/ifTaken" },
        { $$"""{"kind":"exploration","cells":["{{Cell}}"],"holder":["party-dev-a"]}""", "/holder" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_application_is_refused_with_the_place(string body, string pointer)
    {
        var reply = await server.ApplicantA().Post("/license-blocks", body);

        reply.IsProblem(400, "malformed");
        Assert.Contains(reply.Pointers, found => found == pointer || found.StartsWith(pointer + "/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_malformed()
    {
        var latin = Encoding.Latin1.GetBytes("""{"kind":"exploration","cells":["Ä"]}""");

        var reply = await server.ApplicantA().Send(HttpMethod.Post, "/license-blocks", RegistryClient.Content(latin, "application/json"));

        reply.IsProblem(400, "malformed");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("nonsense")]
    public async Task A_body_of_another_type_is_not_read(string? mediaType)
    {
        var body = RegistryClient.Content(Bodies.Application(Bodies.FreshCells(1)), mediaType);

        (await server.ApplicantA().Send(HttpMethod.Post, "/license-blocks", body)).IsProblem(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData(1_000_001)]
    [InlineData(8_000_000)]
    public async Task A_huge_body_is_too_large_however_it_is_sent(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)' ');

        var announced = await server.ApplicantA().Send(HttpMethod.Post, "/license-blocks", RegistryClient.Content(bytes, "application/json"));
        announced.IsProblem(413, "too-large");
        using var unannounced = new StreamContent(new Unmeasured(bytes));
        unannounced.Headers.ContentType = new("application/json");
        (await server.ApplicantA().Send(HttpMethod.Post, "/license-blocks", unannounced)).IsProblem(413, "too-large");
    }

    [Fact]
    public async Task A_hundred_thousand_vertices_are_refused()
    {
        var positions = Enumerable.Range(0, 90_000).Select(i => FormattableString.Invariant($"[{73 + (i % 9)},{49}]"));
        var body = $$$"""{"kind":"mining","geometry":{"type":"Polygon","coordinates":[[{{{string.Join(',', positions)}}}]]}}""";

        (await server.ApplicantA().Post("/license-blocks", body)).IsProblem(400, "malformed");
    }

    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
