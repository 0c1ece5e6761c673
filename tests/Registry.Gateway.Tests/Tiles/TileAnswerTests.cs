using System.IO.Compression;
using System.Net;
using Registry.Formats.VectorTile;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Tiles;

[Collection(OneServer.Name)]
public class TileAnswerTests(ReadingServer server) : IClassFixture<ReadingServer>
{
    [Theory]
    [InlineData("/tiles/23/0/0.mvt", "z")]
    [InlineData("/tiles/-1/0/0.mvt", "z")]
    [InlineData("/tiles/a/0/0.mvt", "z")]
    [InlineData("/tiles/1.5/0/0.mvt", "z")]
    [InlineData("/tiles/99999999999999999999/0/0.mvt", "z")]
    [InlineData("/tiles/3/8/0.mvt", "x")]
    [InlineData("/tiles/3/-1/0.mvt", "x")]
    [InlineData("/tiles/3/0x1/0.mvt", "x")]
    [InlineData("/tiles/0/0/1.mvt", "y")]
    [InlineData("/tiles/22/4194303/4194304.mvt", "y")]
    [InlineData("/tiles/3/1/%20.mvt", "y")]
    [InlineData("/tiles/3/1/1.mvt?layer=cells", "layer")]
    [InlineData("/tiles.json?f=json", "f")]
    public async Task What_is_out_of_range_is_refused_by_its_name(string address, string parameter) =>
        Assert.Equal(parameter, await server.Refused(address));

    [Fact]
    public async Task A_tile_without_anything_has_no_content()
    {
        using var answer = await Ask("/tiles/5/0/31.mvt");
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.NotNull(answer.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask("/tiles/5/0/31.mvt", answer.Headers.ETag!.Tag)).StatusCode);
    }

    [Fact]
    public async Task The_whole_pyramid_answers()
    {
        for (var zoom = 0; zoom <= TileAddress.MostZoom; zoom++)
        {
            using var answer = await Ask(Address(70.51, 49.51, zoom));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{zoom}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task A_tile_shows_what_was_written_before_it_was_asked_for()
    {
        for (var i = 0; i < 5; i++)
        {
            var title = await server.Apply(70.02 + (i / 60.0), 50.02);
            using var answer = await Ask(Address(70.02, 50.02, 8));
            Assert.Contains(title.Id, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_ETag_changes_with_a_write_on_a_sheet_of_the_tile_and_with_no_other()
    {
        var address = Address(63.5, 47.5, 9);
        using var first = await Ask(address);
        var tag = first.Headers.ETag!.Tag;
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, tag)).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, $"W/{tag}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, $"\"other\", {tag}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, "*")).StatusCode);

        // On N-44, and then on L-41, where the tile lies: the second is not in the tile, and yet on its sheet.
        await server.AddDeposit(83.3, 52.9);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, tag)).StatusCode);
        await server.AddDeposit(61.1, 44.2);
        using var second = await Ask(address, tag);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.NotEqual(tag, second.Headers.ETag!.Tag);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        await server.Apply(63.5, 47.5);
        Assert.NotEqual(
            await second.Content.ReadAsByteArrayAsync(), await (await Ask(address, second.Headers.ETag!.Tag)).Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_client_that_takes_gzip_gets_the_same_tile_compressed_under_an_ETag_of_its_own()
    {
        var address = Address(66.5, 50.5, 9);
        using var plain = await Ask(address);
        using var zipped = await Ask(address, accepting: "br, gzip");
        Assert.Equal("gzip", Assert.Single(zipped.Content.Headers.ContentEncoding));
        Assert.Equal("Accept-Encoding", Assert.Single(zipped.Headers.Vary));
        Assert.Equal("application/vnd.mapbox-vector-tile", zipped.Content.Headers.ContentType!.MediaType);
        Assert.NotEqual(plain.Headers.ETag, zipped.Headers.ETag);
        using var unzip = new GZipStream(await zipped.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unzip.CopyToAsync(bytes);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), bytes.ToArray());
        Assert.True(zipped.Content.Headers.ContentLength < plain.Content.Headers.ContentLength);
        Assert.Empty((await Ask(address, accepting: "gzip;q=0")).Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.NotModified, (await Ask(address, zipped.Headers.ETag!.Tag, "gzip")).StatusCode);
    }

    [Fact]
    public async Task HEAD_gives_the_headers_and_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Address(66.5, 50.5, 9));
        using var answer = await server.Client.SendAsync(request);
        Assert.True(answer.Content.Headers.ContentLength > 0);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_TileJSON_names_the_tiles_and_every_layer()
    {
        var json = await server.Get("/tiles.json");
        Assert.Equal("3.0.0", json.GetProperty("tilejson").GetString());
        Assert.Equal(
            new Uri(server.Client.BaseAddress!, "/tiles/").AbsoluteUri + "{z}/{x}/{y}.mvt", json.GetProperty("tiles")[0].GetString());
        Assert.Equal(
            ["license-blocks", "deposits", "areas", "cells"],
            json.GetProperty("vector_layers").EnumerateArray().Select(layer => layer.GetProperty("id").GetString()!));
        var bounds = json.GetProperty("bounds").EnumerateArray().Select(edge => edge.GetDouble()).ToArray();
        Assert.True(bounds[0] < 50 && bounds[1] < 43 && bounds[2] > 85 && bounds[3] > 54);
    }

    private async Task<HttpResponseMessage> Ask(string address, string? known = null, string? accepting = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        if (accepting is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepting);
        return await server.Client.SendAsync(request);
    }

    private static string Address(double longitude, double latitude, int zoom)
    {
        var world = new TileFrame(new TileAddress(0, 0, 0));
        var side = 1 << zoom;
        var (column, row) = ((int)(world.X(longitude) / TileFrame.Extent * side), (int)(world.Y(latitude) / TileFrame.Extent * side));
        return FormattableString.Invariant($"/tiles/{zoom}/{column}/{row}.mvt");
    }
}
