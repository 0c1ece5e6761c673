using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Registry.Actors.Journal;
using Registry.Gateway.Tests.Serving;
using Registry.Log.Notes;
using Registry.Log.Receipts;
using Registry.Log.Tiles;
using Registry.Log.Tree;

namespace Registry.Gateway.Tests.Log;

[Collection(OneServer.Name)]
public sealed class LogTests(RegistryServer server)
{
    [Fact]
    public async Task The_answer_to_an_application_names_its_receipt_which_is_there_at_once()
    {
        var filed = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var sequence = filed.Properties.GetProperty("sequence").GetInt64();
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"</log/proofs/{sequence}>; rel=\"receipt\""), filed.Headers["Link"]);

        var receipt = await server.Nobody().Get(string.Create(CultureInfo.InvariantCulture, $"/log/proofs/{sequence}"));

        Assert.Equal((200, "text/plain"), (receipt.Status, receipt.MediaType));
        var proof = TlogProof.Parse(Encoding.UTF8.GetBytes(receipt.Text));
        Assert.Equal(sequence - 1, proof.Index);
        Assert.Contains($"\"stream\":\"license-blocks/{filed.Id}\"", Encoding.UTF8.GetString(proof.Extra!.Value.Span), StringComparison.Ordinal);
        Assert.EndsWith("/draft", proof.Checkpoint.Origin, StringComparison.Ordinal);
        Assert.True(MerkleProof.IsIncluded(TreeHash.OfLeaf(proof.Extra!.Value.Span), proof.Index, proof.Checkpoint.Size, proof.Checkpoint.Root, [.. proof.Path]));
    }

    [Fact]
    public async Task The_tree_that_is_made_of_the_bundles_has_the_root_of_the_checkpoint()
    {
        var filed = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var receipt = await server.Nobody().Get(filed.Headers["Link"].Split('<', '>')[1]);
        var checkpoint = TlogProof.Parse(Encoding.UTF8.GetBytes(receipt.Text)).Checkpoint;
        var latest = SignedCheckpoint.Parse(Encoding.UTF8.GetBytes((await server.Nobody().Get("/log/checkpoint")).Text));
        Assert.InRange(latest.Size, checkpoint.Size, long.MaxValue);

        using var http = server.Http();
        var tree = TreeFrontier.Empty;
        foreach (var tile in TileCoordinates.NewSince(0, checkpoint.Size).Where(tile => tile.IsEntries))
        {
            using var answer = await http.GetAsync($"/log/tile/{tile}");
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.True(answer.Headers.CacheControl!.Public);
            Assert.Contains("immutable", answer.Headers.CacheControl.ToString(), StringComparison.Ordinal);
            var entries = EntryBundle.Read(await answer.Content.ReadAsByteArrayAsync(), tile.Width);
            tree = tree.Append([.. entries.Select(entry => TreeHash.OfLeaf(entry.Span))]);
            var hashes = await http.GetByteArrayAsync($"/log/tile/{tile with { Level = 0 }}");
            Assert.Equal(entries.SelectMany(entry => TreeHash.OfLeaf(entry.Span).ToArray()), hashes);
        }

        Assert.Equal(checkpoint.Root, tree.Root);
    }

    [Fact]
    public async Task A_bundle_comes_in_gzip_to_who_takes_it_and_hashes_do_not()
    {
        using var http = server.Http();
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var bundle = await http.GetAsync("/log/tile/entries/000.p/1");
        Assert.Equal(["gzip"], bundle.Content.Headers.ContentEncoding);
        await using var unzipped = new GZipStream(await bundle.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unzipped.CopyToAsync(bytes);
        Assert.Single(EntryBundle.Read(bytes.ToArray(), 1));

        using var tile = await http.GetAsync("/log/tile/0/000.p/1");
        Assert.Empty(tile.Content.Headers.ContentEncoding);
        Assert.Equal(32, (await tile.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("/log/tile/0/999")]
    [InlineData("/log/tile/entries/x999/x999/x999/x999/x999/999")]
    [InlineData("/log/tile/0/x000/000")]
    [InlineData("/log/tile/0/000.p/256")]
    [InlineData("/log/tile/64/000")]
    [InlineData("/log/tile/")]
    [InlineData("/log/tile/..%2f..%2fregistry.db")]
    [InlineData("/log/objects/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/log/objects/nothing")]
    [InlineData("/log/proofs/0")]
    [InlineData("/log/proofs/-1")]
    [InlineData("/log/proofs/99999999999999999999")]
    [InlineData("/log/proofs/999999999")]
    public async Task What_the_log_does_not_have_is_not_found(string address) =>
        (await server.Nobody().Get(address)).IsProblem(404, "not-found");

    [Fact]
    public async Task An_object_is_served_under_its_hash_byte_by_byte()
    {
        var ring = Enumerable.Range(0, 400).Select(i => new[] { 70.2 + (0.05 * Math.Cos(i * Math.Tau / 400)), 48.2 + (0.05 * Math.Sin(i * Math.Tau / 400)) }).ToList();
        var area = await server.Registrar().Post("/areas", JsonSerializer.Serialize(new
        {
            name = "Long border",
            effect = "condition",
            legalBasis = "Art. 1",
            geometry = new { type = "Polygon", coordinates = new[] { ring.Append(ring[0]) } },
        }));
        Assert.True(area.Status == 201, area.Text);
        var receipt = await server.Nobody().Get(area.Headers["Link"].Split('<', '>')[1]);
        var entry = TlogProof.Parse(Encoding.UTF8.GetBytes(receipt.Text)).Extra!.Value;
        var named = Assert.Single(EntryReference.In(entry.Span), reference => !reference.IsSealed);

        using var http = server.Http();
        var bytes = await http.GetByteArrayAsync($"/log/objects/{named.Hash}");

        Assert.Equal(named.Hash, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal("Polygon", JsonDocument.Parse(bytes).RootElement.GetProperty("type").GetString());
    }

    [Fact]
    public async Task No_public_byte_holds_a_name_a_reason_or_a_key()
    {
        var mark = $"marked{Guid.NewGuid():N}";
        var party = (await server.Registrar().Post("/parties", JsonSerializer.Serialize(new { name = $"{mark} company", country = "KZ" }))).Id;
        var block = await server.Registrar().Post("/license-blocks", JsonSerializer.Serialize(new { kind = "exploration", cells = Bodies.FreshCells(1), holder = party }));
        await server.Registrar().Act(block.Id, "refuse", JsonSerializer.Serialize(new { reason = $"{mark} reason" }));
        await server.Registrar().Post("/deposits", JsonSerializer.Serialize(new
        {
            name = $"{mark} hill",
            sources = new[] { $"{mark} source" },
            status = "prospect",
            geometry = new { type = "Point", coordinates = new[] { 70.5, 49.5 } },
        }));

        var log = server.Services.GetRequiredService<IPublicLog>();
        var size = (await log.Frontier()).Size;
        using var http = server.Http();
        foreach (var tile in TileCoordinates.NewSince(0, size).Where(tile => tile.IsEntries))
        {
            var bundle = await http.GetByteArrayAsync($"/log/tile/{tile}");
            foreach (var entry in EntryBundle.Read(bundle, tile.Width))
            {
                var text = Encoding.UTF8.GetString(entry.Span);
                Assert.DoesNotContain(mark, text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("dev-registrar", text, StringComparison.Ordinal);
                foreach (var apart in EntryReference.In(entry.Span).Where(reference => !reference.IsSealed))
                    Assert.DoesNotContain(mark, await http.GetStringAsync($"/log/objects/{apart.Hash}"), StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public async Task A_registry_without_a_signer_says_that_its_log_is_not_signed()
    {
        var unsigned = RegistryServer.Set("--Registry:Signer=none");
        await unsigned.InitializeAsync();
        try
        {
            Assert.Contains("not signed", (await unsigned.Nobody().Get("/log/checkpoint")).IsProblem(404, "not-found").Text, StringComparison.Ordinal);
            Assert.Contains("not signed", (await unsigned.Nobody().Get("/log/proofs/1")).IsProblem(404, "not-found").Text, StringComparison.Ordinal);
            Assert.Equal(200, (await unsigned.Nobody().Get("/log/tile/entries/000.p/1")).Status);
        }
        finally
        {
            await unsigned.DisposeAsync();
        }
    }
}
