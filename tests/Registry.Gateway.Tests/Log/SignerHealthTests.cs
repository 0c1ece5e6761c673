using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Signing;
using Registry.Log.Tree;

namespace Registry.Gateway.Tests.Log;

/// <summary>One process that serves and signs: its keys, and what its health says of its signer.</summary>
public sealed class SignerHealthTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private readonly TemporaryDirectory _directory = new();
    private readonly SigningKey _key = SigningKey.Generate("registry.test/draft", SignatureKind.Ed25519);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_process_whose_signer_refuses_serves_on_and_its_health_says_why()
    {
        // More was signed than this new journal has.
        var text = new Checkpoint(_key.Verifier.Name, 1000, TreeHash.OfEmptyTree).ToText();
        await File.WriteAllBytesAsync(PathOf("state"), new SignedNote(text, [_key.Sign(text, default)]).ToBytes());
        await using var registry = await Start(Write("log.key", _key.Export()));
        using var http = new HttpClient { BaseAddress = new Uri(registry.Urls.Single()) };

        await Until(async () => (await http.GetAsync("/healthz/log")).StatusCode == HttpStatusCode.ServiceUnavailable);

        using var ready = await http.GetAsync("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("the log has signed 1000", Member(await ready.Content.ReadAsStringAsync(), "log"), StringComparison.Ordinal);
        Assert.Contains("the log has signed 1000", Member(await (await http.GetAsync("/healthz/log")).Content.ReadAsStringAsync(), "detail"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/collections/license-blocks/items?limit=1")).StatusCode);
    }

    [Fact]
    public async Task A_key_takes_the_place_of_another_while_both_sign_and_a_stolen_one_signs_no_more()
    {
        SignerState.Create(PathOf("state"), [_key], TimeProvider.System.GetUtcNow());
        var (next, third) = (SigningKey.Generate(_key.Verifier.Name, SignatureKind.Ed25519), SigningKey.Generate(_key.Verifier.Name, SignatureKind.Ed25519));
        var (old, fresh) = (Write("old.key", _key.Export()), Write("new.key", next.Export()));

        Assert.Equal([_key.Verifier, next.Verifier], await SignersWith($"{old},{fresh}", [_key, next, third]));
        Assert.Equal([next.Verifier], await SignersWith(fresh, [_key, next, third]));
        // The second is stolen.
        var latest = Write("third.key", third.Export());
        var refused = await Assert.ThrowsAsync<Registry.Hosting.SettingException>(() => Start(latest));
        Assert.Contains("is not that of this log", refused.Message, StringComparison.Ordinal);
        Assert.Equal([third.Verifier], await SignersWith($"{latest},{Write("new.key.pub", next.Verifier + "\n")}", [_key, next, third]));
        var foreign = Write("foreign.key", SigningKey.Generate("other.test/draft", SignatureKind.Ed25519).Export());
        refused = await Assert.ThrowsAsync<Registry.Hosting.SettingException>(() => Start($"{latest},{foreign}"));
        Assert.Contains("different names", refused.Message, StringComparison.Ordinal);
    }

    // Who signed the newest checkpoint after one more entry.
    private async Task<VerifierKey[]> SignersWith(string files, SigningKey[] known)
    {
        await using var registry = await Start(files);
        using var http = new HttpClient { BaseAddress = new Uri(registry.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "dev-registrar");
        using var posted = await http.PostAsync("/parties", new StringContent("""{"name": "Made-up", "country": "KZ"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        (await http.GetAsync(posted.Headers.GetValues("Link").Single(link => link.Contains("receipt", StringComparison.Ordinal)).Split('<', '>')[1])).EnsureSuccessStatusCode();
        var checkpoint = SignedCheckpoint.Parse(await http.GetByteArrayAsync("/log/checkpoint"));
        await registry.StopAsync();
        return [.. known.Select(key => key.Verifier).Where(key => checkpoint.Note.Signatures.Any(signature => key.IsClaimedBy(signature) && key.Verifies(checkpoint.Note.Text, signature, out _)))];
    }

    private async Task<WebApplication> Start(string keys)
    {
        var app = Gateway.Build(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", PathOf("data"), "--Registry:Signer", "here",
                "--Registry:LogKey", keys, "--Registry:LogState", PathOf("state"), "--Registry:DrainSeconds", "0"],
            builder => builder.Logging.ClearProviders());
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    private static string Member(string json, string name) => JsonDocument.Parse(json).RootElement.GetProperty(name).GetString()!;

    // The signer looks once a second; nothing signals across HTTP when it has.
    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var since = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < s_limit, "The signer has not refused.");
            await again.WaitForNextTickAsync();
        }
    }
}
