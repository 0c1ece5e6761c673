using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Registry.Cli.Commands;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Receipts;
using Registry.Log.Signing;
using Registry.Log.Tests.Tree;
using Registry.Log.Tiles;
using Registry.Log.Tree;
using Registry.Log.Witnesses;

namespace Registry.Cli.Tests.PublicLog;

/// <summary>The commands around the public log, typed one after the other as their users do.</summary>
public sealed class PublicLogTests : IDisposable
{
    private const string Origin = "registry.example/kz/draft";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_key_is_made_once_and_for_nobody_else()
    {
        var made = await MakeKey(Origin, "log.key", "--state", _directory.File("state"));
        var key = VerifierKey.Parse(made);
        Assert.Equal((Origin, SignatureKind.Ed25519), (key.Name, key.Kind));
        Assert.Equal(key, SigningKey.Parse(File.ReadAllText(_directory.File("log.key"))).Verifier);
        Assert.Equal(made + "\n", File.ReadAllText(_directory.File("log.key.pub")));
        Assert.Equal(0, SignedCheckpoint.Parse(File.ReadAllBytes(_directory.File("state"))).Size);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("log.key")));
        Assert.Equal(ExitCodes.Failed, (await Typed.Run("log", "key", Origin, "--key", _directory.File("log.key"))).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await Typed.Run("log", "key", "two words", "--key", _directory.File("other"))).ExitCode);
        var ml = VerifierKey.Parse(await MakeKey("w.example", "w.key", "--kind", "witness-ml-dsa-44"));
        Assert.Equal(SignatureKind.MlDsa44Cosignature, ml.Kind);
    }

    [Fact]
    public async Task A_receipt_is_explained_and_anything_else_has_its_word()
    {
        var key = await MakeKey(Origin, "log.key", "--state", _directory.File("state"));
        var log = MemoryLog.Of(700);
        using var signer = Signer(log);
        var checkpoint = await signer.Sign(700, log.Frontier.Root);
        var proof = await TlogProof.Make("{\"number\":17}"u8.ToArray(), 17, new TreeReader(log, 700), checkpoint);
        var honest = proof with { Extra = log.Entries[17] };
        var path = _directory.Write("receipt", honest.ToString());

        var proven = await Typed.Run("receipt", "verify", path, "--key", key);
        Assert.Equal(ExitCodes.Done, proven.ExitCode);
        Assert.Equal($"PROVEN: the entry below is number 17 of the log {Origin}.", proven.Lines[0]);
        Assert.Contains("No witness was asked for", proven.Output, StringComparison.Ordinal);

        await Says(ExitCodes.Failed, "NOT PROVEN. The entry is not in the checkpoint's tree", "receipt", "verify", _directory.Write("other", proof.ToString()), "--key", key);
        await Says(ExitCodes.Failed, "NOT PROVEN. The checkpoint is of another log", "receipt", "verify", path, "--key", await MakeKey("other.example", "other.key"));
        await Says(ExitCodes.Usage, "This is no receipt.", "receipt", "verify", _directory.Write("cut", honest.ToString()[..100]), "--key", key);
        await Says(ExitCodes.Usage, "at most 262144 are read", "receipt", "verify", _directory.Write("huge", new string('a', 1_000_000)), "--key", key);
        await Says(ExitCodes.Usage, "The receipt does not carry its entry", "receipt", "verify", _directory.Write("bare", (proof with { Extra = null }).ToString()), "--key", key);
        await Says(ExitCodes.Usage, "Say whom you trust", "receipt", "verify", path);
        await Says(ExitCodes.Usage, "The receipt cannot be read", "receipt", "verify", _directory.File("nowhere"), "--key", key);
    }

    [Fact]
    public async Task Of_two_witnesses_one_that_was_shown_a_fork_refuses_and_one_that_is_dead_is_silent()
    {
        var key = await MakeKey(Origin, "log.key", "--state", _directory.File("state"));
        var (one, two) = (await MakeKey("w1.example", "w1.key", "--kind", "witness"), await MakeKey("w2.example", "w2.key", "--kind", "witness-ml-dsa-44"));
        await using var first = await WitnessProcess.Start(_directory.File("w1.key"), _directory.File("w1"), key);
        await using var second = await WitnessProcess.Start(_directory.File("w2.key"), _directory.File("w2"), key);
        var policy = TrustPolicy.Parse(File.ReadAllBytes(_directory.Write("policy",
            $"log {key}\nwitness a {one} {first.Address}\nwitness b {two} {second.Address}\ngroup some any a b\nquorum some\n")));
        using var http = WitnessClient.CreateHttp(TimeSpan.FromMinutes(2));
        var (log, fork) = (MemoryLog.Of(300), MemoryLog.Of(300, salt: 1));
        // The fork is signed by the same key, by a copy of the signer's state.
        File.Copy(_directory.File("state"), _directory.File("forked"));
        using (var forker = new LogSigner(fork, SignerState.Open(_directory.File("forked"), Keys), Keys, [], TimeProvider.System))
        {
            var shown = await forker.Sign(300, fork.Frontier.Root);
            var toTwo = new WitnessClient(policy.Witnesses[1], http, TimeProvider.System);
            Assert.Single(await toTwo.Cosign(shown, fork));
        }

        WitnessClient[] clients = [.. policy.Witnesses.Select(witness => new WitnessClient(witness, http, TimeProvider.System))];
        using var signer = new LogSigner(log, SignerState.Open(_directory.File("state"), Keys), Keys, clients, TimeProvider.System);
        await signer.Sign(300, log.Frontier.Root);
        var cosigned = await signer.Cosign();
        Assert.Equal("w1.example", Assert.Single(policy.Judge(cosigned, DateTimeOffset.UtcNow).Cosigners).Key.Name);
        Assert.Equal([WitnessStanding.Cosigns, WitnessStanding.Refuses], signer.Witnesses.Select(report => report.Standing));
        Assert.Single(Directory.GetFiles(_directory.File("w2"), "fork", SearchOption.AllDirectories));

        await second.Kill();
        log.Append(MemoryLog.Entry(300));
        await signer.Sign(301, log.Frontier.Root);
        Assert.Single((await signer.Cosign()).CosignaturesBy(policy.Witnesses.Select(witness => witness.Key), DateTimeOffset.UtcNow));
        Assert.Equal([WitnessStanding.Cosigns, WitnessStanding.Silent], signer.Witnesses.Select(report => report.Standing));

        // A killed witness remembers what it cosigned.
        await first.Kill();
        await using var again = await WitnessProcess.Start(_directory.File("w1.key"), _directory.File("w1"), key);
        var sameKey = new WitnessClient(policy.Witnesses[0] with { Url = again.Address }, http, TimeProvider.System);
        Assert.Equal(301, await sameKey.LastSeen(signer.Latest));
        using var huge = new ByteArrayContent(new byte[1_000_000]);
        using var tooLarge = await http.PostAsync(new Uri(again.Address, "add-checkpoint"), huge);
        Assert.Equal(413, (int)tooLarge.StatusCode);
    }

    [Fact]
    public async Task A_log_is_exported_from_any_web_server()
    {
        var key = await MakeKey(Origin, "log.key", "--state", _directory.File("state"));
        var log = MemoryLog.Of(600);
        using var signer = Signer(log);
        await using var server = Serve(log, signer);
        await server.StartAsync();
        var arguments = new[] { "log", "export", _directory.File("copy"), $"{server.Urls.Single()}/log", "--key", key };
        Assert.Equal(ExitCodes.Failed, (await Typed.Run([.. arguments[..3], "http://127.0.0.1:1/log", .. arguments[4..]])).ExitCode);
        await signer.Sign(600, log.Frontier.Root);
        Assert.Equal($"{Origin}: 600 entries, 600 of them new. Root {log.Frontier.Root}\n", (await Typed.Run(arguments)).Output);
        log.Append(MemoryLog.Entry(600));
        await signer.Sign(601, log.Frontier.Root);
        Assert.Equal($"{Origin}: 601 entries, 1 of them new. Root {log.Frontier.Root}\n", (await Typed.Run(arguments)).Output);
        await Says(ExitCodes.Failed, "The checkpoint is of another log", [.. arguments[..5], await MakeKey("other.example", "other.key")]);
    }

    private SigningKey[] Keys => [SigningKey.Parse(File.ReadAllText(_directory.File("log.key")))];

    private LogSigner Signer(MemoryLog log) => new(log, SignerState.Open(_directory.File("state"), Keys), Keys, [], TimeProvider.System);

    private async Task<string> MakeKey(string name, string file, params string[] more)
    {
        var typed = await Typed.Run(["log", "key", name, "--key", _directory.File(file), .. more]);
        Assert.Equal((ExitCodes.Done, 1), (typed.ExitCode, typed.Lines.Length));
        return typed.Lines[0];
    }

    private static async Task Says(int exitCode, string word, params string[] arguments)
    {
        var typed = await Typed.Run(arguments);
        Assert.Equal(exitCode, typed.ExitCode);
        Assert.Contains(word, typed.Error, StringComparison.Ordinal);
    }

    private static WebApplication Serve(MemoryLog log, LogSigner signer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/log/checkpoint", (HttpContext http) => http.Response.Body.WriteAsync(signer.Latest.Note.ToBytes()).AsTask());
        app.MapGet("/log/tile/{**path}", async (HttpContext http, string path) =>
        {
            if (TileCoordinates.TryParse(path, out var tile) && await log.Read(tile) is { } bytes)
                await http.Response.Body.WriteAsync(bytes);
            else
                http.Response.StatusCode = StatusCodes.Status404NotFound;
        });
        return app;
    }
}
