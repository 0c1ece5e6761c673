using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;
using Xunit.Abstractions;

namespace Registry.Gateway.Tests.Limits;

/// <summary>Nobody ties the registry up: an application goes on as before while others hold and ask what they can.</summary>
[Trait("Category", "Long")]
public sealed class PressureTests(ITestOutputHelper output)
{
    private const int SlowClients = 1000;
    private const int IdleStreams = 1000;
    private const int HeavyAskers = 64;
    private const int Applications = 150;

    // The promise is 3. A machine that does other things meanwhile is given more.
    private const double MostTimes = 10;

    private static readonly string[] s_heavy =
    [
        "/collections/license-blocks/items?limit=10000", "/free-areas?bbox=60,44,80,52&minCells=50", "/collections/license-blocks/export?f=csv",
        "/collections/deposits/items?limit=10000&filter=name LIKE '%a%'", "/tiles/5/22/11.mvt", "/cells/free?bbox=60,44,62,46&limit=10000",
    ];

    [Fact]
    public async Task An_application_by_another_key_is_not_kept_waiting_by_a_thousand_slow_clients_a_thousand_streams_and_heavy_questions()
    {
        var stalled = new StalledImports();
        var server = RegistryServer.With(
            stalled.Stand,
            "--Registry:Sample=kazakhstan", "--Registry:Limits:Enabled=true", "--Registry:TrustedProxies=127.0.0.1",
            $"--Registry:Limits:Streams={IdleStreams}", $"--Registry:Limits:StreamsPerCaller={IdleStreams}", "--Registry:Limits:RequestsPerKey=10000");
        await server.InitializeAsync();
        await server.Keyring.Issue(KeyDigest.Of("other-key"), new Caller("other", Role.Applicant, "party-dev-b"), DateTimeOffset.UtcNow);
        var other = server.As("other-key");
        await Median(other, Applications);
        var usual = await Median(other, Applications);

        var import = await server.ApplicantA().Import(ImportClient.Collection(ImportClient.FreshBlock()));
        Assert.Equal(202, import.Status);
        using var ending = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4096 }) { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        var streams = await Task.WhenAll(Enumerable.Range(0, IdleStreams).Select(_ => Listen(http, import.Headers["Location"])));
        var slow = Enumerable.Range(0, SlowClients).Select(_ => SendSlowly(server.Address, ending.Token)).ToList();
        var withoutQuestions = await Median(other, Applications);
        var asked = new int[HeavyAskers];
        var heavy = Enumerable.Range(0, HeavyAskers).Select(asker => AskMuch(http, asker, asked, ending.Token)).ToList();
        var pressed = await Median(other, Applications);
        await ending.CancelAsync();

        await Task.WhenAll([.. slow, .. heavy]);
        foreach (var stream in streams)
            stream.Dispose();
        stalled.Release();
        await server.DisposeAsync();
        output.WriteLine(FormattableString.Invariant(
            $"median of an application: usual {usual.TotalMilliseconds:0.00} ms; beside slow clients and streams {withoutQuestions.TotalMilliseconds:0.00} ms; beside {asked.Sum()} heavy questions as well {pressed.TotalMilliseconds:0.00} ms"));
        Assert.True(withoutQuestions < usual * MostTimes, $"beside slow clients and streams {withoutQuestions}, usually {usual}");
        Assert.True(pressed < usual * MostTimes, $"beside heavy questions {pressed}, usually {usual}");
    }

    private static async Task<TimeSpan> Median(RegistryClient client, int count)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < count; i++)
        {
            var body = Bodies.Application(Bodies.FreshCells(1));
            var since = Stopwatch.GetTimestamp();
            var reply = await client.Post("/license-blocks", body);
            times.Add(Stopwatch.GetElapsedTime(since));
            Assert.True(reply.Status is 201 or 409 or 422, reply.Text);
        }

        return times.Order().ElementAt(count / 2);
    }

    private static async Task<Stream> Listen(HttpClient http, string import)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{import}/events", UriKind.Relative));
        request.Headers.Authorization = new("Bearer", "dev-applicant-a");
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)answer.StatusCode);
        return await answer.Content.ReadAsStreamAsync();
    }

    // Announces much, sends a byte, and begins again when it is cut off.
    private static async Task SendSlowly(Uri address, CancellationToken ending)
    {
        var buffer = new byte[4096];
        while (!ending.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, ending);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /cells/check HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"), ending);
                while (await client.GetStream().ReadAsync(buffer, ending) > 0)
                {
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
            }
        }
    }

    private static async Task AskMuch(HttpClient http, int asker, int[] asked, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(s_heavy[(asker + asked[asker]) % s_heavy.Length], UriKind.Relative));
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{asker}");
            try
            {
                using var answer = await http.SendAsync(request, ending);
                Assert.True((int)answer.StatusCode is 200 or 204 or 429 or 503, $"{request.RequestUri}: {answer.StatusCode}");
                asked[asker]++;
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
            }
        }
    }
}
