using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Compression;

/// <summary>Which answers are compressed for whom, and that they are the same answers.</summary>
[Collection(OneServer.Name)]
public sealed partial class CompressionTests(RegistryServer server)
{
    [Theory]
    [InlineData("/api", "gzip", "gzip")]
    [InlineData("/api", "br", "br")]
    [InlineData("/api", "gzip, deflate, br, zstd", "br")]
    [InlineData("/api", "br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("/api", "br;q=0, gzip", "gzip")]
    [InlineData("/api", "*", "br")]
    [InlineData("/api", "GZIP", "gzip")]
    [InlineData("/api", "identity", null)]
    [InlineData("/api", "gzip;q=0", null)]
    [InlineData("/api", "gzip;q=0.000, br;q=0", null)]
    [InlineData("/api", "deflate", null)]
    [InlineData("/api", "identity, gzip;q=0.5", null)]
    [InlineData("/api", "gzip;;q=x", null)]
    [InlineData("/api", null, null)]
    [InlineData("/collections", "gzip", "gzip")]
    [InlineData("/collections?f=html", "gzip", "gzip")]
    [InlineData("/collections/sheets/items?limit=100", "gzip", "gzip")]
    [InlineData("/collections/sheets/items?limit=100&f=csv", "gzip", "gzip")]
    [InlineData("/collections/sheets/items?limit=100&f=html", "gzip", "gzip")]
    [InlineData("/collections/sheets/items?limit=100&f=geojsonseq", "gzip", "gzip")]
    [InlineData("/collections/sheets/export?f=geojson", "br", "br")]
    [InlineData("/collections/sheets/export?f=csv", "br", "br")]
    [InlineData("/collections/license-blocks/queryables", "gzip", "gzip")]
    [InlineData("/problems", "gzip", "gzip")]
    [InlineData("/cells/at?lon=73.5&lat=48.5", "gzip", null)]
    [InlineData("/conformance?f=nothing", "gzip", null)]
    [InlineData("/dashboard", "gzip", null)]
    public async Task An_answer_comes_as_the_client_takes_it(string path, string? accepted, string? coding)
    {
        using var answer = await Get(path, accepted);

        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        using var plain = await Get(path, null);
        var expected = await plain.Content.ReadAsByteArrayAsync();
        var read = await Decode(answer);
        Assert.Equal(Undated(expected), Undated(read));
        if (coding is not null)
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/collections?f=html")]
    [InlineData("/collections/sheets/items")]
    [InlineData("/collections/sheets/export?f=csv")]
    [InlineData("/tiles/6/44/22.mvt")]
    [InlineData("/tiles.json")]
    public async Task A_cache_learns_that_answers_vary_from_those_that_are_not_compressed_too(string path)
    {
        using var plain = await Get(path, null);
        Assert.Contains("Accept-Encoding", string.Join(", ", plain.Headers.Vary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/collections/sheets/items?limit=100")]
    [InlineData("/cells/at?lon=73.5&lat=48.5")]
    public async Task Head_has_the_headers_of_get(string path)
    {
        using var get = await Get(path, "gzip");
        using var head = await Get(path, "gzip", HttpMethod.Head);

        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(get.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.Vary, head.Headers.Vary);
    }

    [Fact]
    public async Task A_large_problem_is_compressed_as_well()
    {
        var cells = Bodies.FreshCells(60);
        await server.ApplicantA().Apply(cells);
        using var http = server.Http();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "dev-applicant-b");
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip");
        using var refused = await http.PostAsync(
            new Uri("/license-blocks", UriKind.Relative), new StringContent(Bodies.Application(cells), Encoding.UTF8, "application/json"));

        Assert.Equal(("application/problem+json", "gzip"), (refused.Content.Headers.ContentType!.MediaType, refused.Content.Headers.ContentEncoding.Single()));
        Assert.Contains("ground-taken", Encoding.UTF8.GetString(await Decode(refused)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_object_has_a_tag_of_its_own_by_which_it_is_known_and_changed()
    {
        var block = await server.ApplicantA().Apply(Bodies.FreshCells(90));
        var path = $"/license-blocks/{block.Id}";
        var zipped = await Tag(path, "gzip");
        var brotli = await Tag(path, "br");
        Assert.Equal(("\"1\"", "\"1-gzip\"", "\"1-br\""), (await Tag(path, null), zipped, brotli));

        foreach (var accepted in new[] { null, "gzip", "br" })
        {
            foreach (var known in new[] { "\"1\"", zipped, brotli, $"W/{zipped}", $"\"7\", {brotli}" })
            {
                using var answer = await Get(path, accepted, known: known);
                Assert.Equal((304, 0), ((int)answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length));
                Assert.Contains(answer.Headers.ETag!.Tag, known, StringComparison.Ordinal);
                Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            }

            foreach (var unknown in new[] { "\"2\"", "\"2-gzip\"", "\"1-zip\"", "\"1-gzip-gzip\"", "\"-gzip\"" })
            {
                using var answer = await Get(path, accepted, known: unknown);
                Assert.Equal(200, (int)answer.StatusCode);
            }
        }

        foreach (var stale in new[] { "\"2-gzip\"", $"W/{zipped}", "\"01-gzip\"", "\"1-zip\"", "\"1-gzip-gzip\"", "\"-br\"" })
            (await server.ApplicantA().Post($"{path}/withdraw", null, ifMatch: stale)).IsProblem(412, "stale");
        Assert.Equal(200, (await server.ApplicantA().Post($"{path}/withdraw", null, ifMatch: zipped)).Status);
    }

    [Fact]
    public async Task Tiles_are_kept_compressed_and_given_so_to_whoever_takes_it()
    {
        await server.ApplicantA().Apply(Bodies.FreshCells(2));
        foreach (var (accepted, coding) in new (string?, string?)[]
        {
            (null, null), ("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("gzip;q=0.5", "gzip"), ("br;q=1, gzip;q=0.05", "gzip"), ("*", "gzip"),
            ("br", null), ("gzip;q=0", null), ("gzip;q=0.0", null), ("identity, gzip;q=0.5", null), ("*;q=0", null),
        })
        {
            using var tile = await Get("/tiles/0/0/0.mvt", accepted);
            Assert.Equal(coding, tile.Content.Headers.ContentEncoding.SingleOrDefault());
        }
    }

    private static async Task<byte[]> Decode(HttpResponseMessage answer)
    {
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (answer.Content.Headers.ContentEncoding.SingleOrDefault() is not { } coding)
            return bytes;
        using var source = new MemoryStream(bytes);
        await using Stream decoded = coding == "br" ? new BrotliStream(source, CompressionMode.Decompress) : new GZipStream(source, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        await decoded.CopyToAsync(whole);
        return whole.ToArray();
    }

    // A collection is dated with the instant of the answer.
    private static string Undated(byte[] answer)
    {
        var text = Encoding.UTF8.GetString(answer);
        return Dated().Replace(text, "");
    }

    private async Task<string> Tag(string path, string? accepted)
    {
        using var answer = await Get(path, accepted);
        return answer.Headers.ETag!.Tag;
    }

    private async Task<HttpResponseMessage> Get(string path, string? accepted, HttpMethod? method = null, string? known = null)
    {
        using var http = server.Http();
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await http.SendAsync(request);
    }

    [GeneratedRegex("\"timeStamp\":\"[^\"]*\"")]
    private static partial Regex Dated();
}
