using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Registry.Log.Copies;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Tests.Files;
using Registry.Log.Tests.Tree;
using Registry.Log.Tests.Witnesses;
using Registry.Log.Tiles;
using Registry.Log.Tree;
using static Registry.Log.Tests.Notes.Samples;

namespace Registry.Log.Tests.Copies;

public sealed class LogExportTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Server _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task A_copy_that_grows_has_the_tiles_of_the_log_at_each_size()
    {
        var log = _server.Log = new MemoryLog();
        foreach (var size in new[] { 0, 1, 255, 256, 257, 600, 600, 65_536, 65_800, 66_000 })
        {
            log.Append([.. Enumerable.Range((int)log.Frontier.Size, size - (int)log.Frontier.Size).Select(i => MemoryLog.Entry(i))]);
            var report = await Export();
            Assert.Equal(size, report.Checkpoint.Size);
            var copy = new LogCopy(_scratch["copy"]);
            Assert.Equal(log.Frontier.Root, copy.Checkpoint()!.Root);
            foreach (var tile in TileCoordinates.NewSince(size < 60_000 ? 0 : 65_000, size))
                Assert.Equal((await log.Read(tile))!.Value.ToArray(), (await copy.Read(tile))!.Value.ToArray());
        }

        Assert.False(Directory.Exists(_scratch["copy/tile/0/001.p"]), "The partial tiles of a full one are gone.");
    }

    [Fact]
    public async Task Only_what_is_new_is_asked_for()
    {
        _server.Log = MemoryLog.Of(1000);
        await Export();
        _server.Log.Append(MemoryLog.Entry(1000));
        _server.Asked.Clear();
        Assert.Equal(1000, (await Export()).Before);
        Assert.Equal(["checkpoint", "tile/entries/003.p/233"], _server.Asked);
    }

    [Fact]
    public async Task A_log_that_went_back_forked_or_serves_other_entries_leaves_the_copy_as_it_was()
    {
        _server.Log = MemoryLog.Of(300);
        await Export();
        foreach (var (log, word) in new[]
        {
            (MemoryLog.Of(290), "The log shows 290 entries"),
            (MemoryLog.Of(300, salt: 1), "The log shows 300 entries with the root"),
            (MemoryLog.Of(700, salt: 1), "are not those that the copy holds"),
        })
        {
            _server.Log = log;
            Assert.Contains(word, (await Assert.ThrowsAsync<NotProvenException>(Export)).Message, StringComparison.Ordinal);
            Assert.Equal(300, new LogCopy(_scratch["copy"]).Checkpoint()!.Size);
            Assert.False(File.Exists(_scratch["copy/tile/entries/001"]));
        }

        Assert.Equal(290, SignedCheckpoint.Parse(File.ReadAllBytes(_scratch["copy/refused"])).Size);
        _server.Log = MemoryLog.Of(700);
        _server.Checkpoint = Sign(MemoryLog.Of(700, salt: 1));
        Assert.Contains("The entries that the log serves have the root", (await Assert.ThrowsAsync<NotProvenException>(Export)).Message, StringComparison.Ordinal);
        _server.Checkpoint = null;
        Assert.Equal(700, (await Export()).Checkpoint.Size);
    }

    [Fact]
    public async Task A_full_tile_stands_in_for_its_part_and_a_missing_one_is_named()
    {
        _server.Log = MemoryLog.Of(256);
        _server.Checkpoint = Sign(MemoryLog.Of(250));
        _server.HasNoParts = true;
        Assert.Equal(250, (await Export()).Checkpoint.Size);
        _server.Checkpoint = null;
        _server.Log = MemoryLog.Of(600);
        Assert.Equal("The log has no bundle entries/002.p/88 of entries.", (await Assert.ThrowsAsync<TileMissingException>(Export)).Message);
    }

    [Fact]
    public async Task What_a_copy_does_not_have_is_not_taken_for_no_bytes()
    {
        var copy = new LogCopy(_scratch["copy"]);
        Assert.Null(copy.Checkpoint());
        Assert.Null(await copy.Read(new TileCoordinates(0, 0, 256)));
        Assert.Null(await copy.Read(new TileCoordinates(0, 0, 5)));
    }

    [Fact]
    public async Task Answers_are_bounded_also_when_they_are_packed()
    {
        _server.Log = MemoryLog.Of(3);
        _server.Packed = new byte[EntryBundle.MostBytes + 1];
        Assert.Contains("has more than 16777472 bytes", (await Assert.ThrowsAsync<FormatException>(Export)).Message, StringComparison.Ordinal);
        _server.Packed = null;
        _server.Status = HttpStatusCode.InternalServerError;
        Assert.Contains("answers 500", (await Assert.ThrowsAsync<IOException>(Export)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_that_entries_name_are_copied_once_and_proven()
    {
        var (bytes, other) = ("[[67.5,49.5]]"u8.ToArray(), "[[67.6,49.5]]"u8.ToArray());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        _server.Log = new MemoryLog();
        _server.Log.Append(Encoding.UTF8.GetBytes(hash), "none"u8.ToArray(), Encoding.UTF8.GetBytes(hash));
        Assert.Contains($"no object {hash}", (await Assert.ThrowsAsync<TileMissingException>(ExportWithObjects)).Message, StringComparison.Ordinal);
        _server.Objects[hash] = other;
        Assert.Contains($"as the object {hash} has the hash", (await Assert.ThrowsAsync<NotProvenException>(ExportWithObjects)).Message, StringComparison.Ordinal);
        Assert.Null(new LogCopy(_scratch["copy"]).Checkpoint());
        _server.Objects[hash] = bytes;
        await ExportWithObjects();
        Assert.Equal(bytes, File.ReadAllBytes(_scratch[$"copy/objects/{hash}"]));

        _server.Asked.Clear();
        _server.Log.Append("none"u8.ToArray());
        await ExportWithObjects();
        Assert.DoesNotContain($"objects/{hash}", _server.Asked);
    }

    [Theory]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/crontab")]
    [InlineData("0123")]
    [InlineData("ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789")]
    public async Task What_is_no_hash_names_no_file(string name)
    {
        _server.Log = new MemoryLog();
        _server.Log.Append(Encoding.UTF8.GetBytes(name));
        await Assert.ThrowsAsync<FormatException>(() => Export(_ => [name]));
        Assert.DoesNotContain(_server.Asked, path => path.StartsWith("objects/", StringComparison.Ordinal));
    }

    private Task<ExportReport> ExportWithObjects() =>
        Export(entry => Encoding.UTF8.GetString(entry.Span) is { Length: 64 } hash ? [hash] : []);

    private Task<ExportReport> Export() => Export(null);

    private Task<ExportReport> Export(Func<ReadOnlyMemory<byte>, IEnumerable<string>>? objectsOf) => new LogExport(
        new HttpLog(new Uri("http://registry.example/log/"), _server.Client), new LogCopy(_scratch["copy"]),
        TrustPolicy.OfLogs([LogKey.Verifier]), new StillClock(Now), objectsOf).Run();

    /// <summary>Serves a log as if by HTTP.</summary>
    private sealed class Server : HttpMessageHandler
    {
        public Server() => Client = new HttpClient(this);

        public HttpClient Client { get; }

        public MemoryLog Log { get; set; } = new();

        public SignedCheckpoint? Checkpoint { get; set; }

        public Dictionary<string, byte[]> Objects { get; } = [];

        public bool HasNoParts { get; set; }

        public byte[]? Packed { get; set; }

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath["/log/".Length..];
            Asked.Add(path);
            if (path == "checkpoint")
                return new HttpResponseMessage(Status) { Content = new ByteArrayContent((Checkpoint ?? Sign(Log)).Note.ToBytes()) };
            if (path.StartsWith("objects/", StringComparison.Ordinal))
            {
                return Objects.TryGetValue(path["objects/".Length..], out var found)
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(found) }
                    : new HttpResponseMessage(HttpStatusCode.NotFound);
            }

            Assert.True(TileCoordinates.TryParse(path["tile/".Length..], out var tile));
            if (Packed is not null)
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(Unpacked(Packed)) };
            return (HasNoParts && !tile.IsFull ? null : await Log.Read(tile, cancellationToken)) is { } bytes
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ReadOnlyMemoryContent(bytes) }
                : new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        private static GZipStream Unpacked(byte[] bytes)
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                gzip.Write(bytes);
            packed.Position = 0;
            return new GZipStream(packed, CompressionMode.Decompress);
        }
    }
}
