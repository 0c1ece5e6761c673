using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Limits;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Limits;

/// <summary>Clients that hold what they take: connections, uploads, streams.</summary>
public sealed class SlowClientTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task An_address_has_so_many_connections_and_no_more()
    {
        var server = RegistryServer.Set("--Registry:Limits:Enabled=true", "--Registry:Limits:ConnectionsPerAddress=3");
        await server.InitializeAsync();
        var open = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            open.Add(await Connect(server));
            Assert.StartsWith("HTTP/1.1 200", await Ask(open[i], "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        }

        using (var fourth = await Connect(server))
            Assert.Equal("", await Ask(fourth, "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 200", await Ask(open[0], "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);

        open[1].Dispose();
        // Closed there when the server has seen that it is.
        while (true)
        {
            using var again = await Connect(server);
            if ((await Ask(again, "GET /healthz/live HTTP/1.1\r\nHost: x\r\n\r\n")).StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
                break;
        }

        open.ForEach(client => client.Dispose());
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Who_sends_headers_or_bodies_too_slowly_is_cut_off()
    {
        var server = new RegistryServer();
        await server.InitializeAsync();
        using var headers = await Connect(server);
        using var body = await Connect(server);

        var answers = await Task.WhenAll(
            Ask(headers, "POST /cells/check HTTP/1.1\r\nHost: x\r\n"),
            Ask(body, "POST /cells/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{"));

        Assert.StartsWith("HTTP/1.1 408", answers[0], StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408", answers[1], StringComparison.Ordinal);
        Assert.Contains("/problems/too-slow", answers[1], StringComparison.Ordinal);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_has_a_share_of_the_uploads_and_each_ends_in_time()
    {
        var server = RegistryServer.Set("--Registry:Limits:UploadSeconds=20");
        await server.InitializeAsync();
        TcpClient[] clients = [await Connect(server), await Connect(server)];
        var slow = clients.Select(client => Ask(
            client,
            "POST /imports?collection=license-blocks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer dev-applicant-a\r\n"
            + "Content-Type: application/geo+json\r\nContent-Length: 1000000\r\n\r\n{")).ToList();

        var places = server.Services.GetRequiredService<UploadPlaces>();
        while (places.Left(Caller("dev-applicant-a")) > 0)
        {
            Assert.DoesNotContain(slow, each => each.IsCompleted);
            await Task.Yield();
        }

        var third = await server.ApplicantA().Import(ImportClient.Collection(ImportClient.FreshBlock()));
        third.IsProblem(429, "too-many-imports");
        Assert.Equal("5", third.Headers["Retry-After"]);
        Assert.Equal(202, (await server.ApplicantB().Import(ImportClient.Collection(ImportClient.FreshBlock()))).Status);

        foreach (var answer in await Task.WhenAll(slow))
        {
            Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
            Assert.Contains("/problems/too-slow", answer, StringComparison.Ordinal);
        }

        Assert.Equal(202, (await server.ApplicantA().Import(ImportClient.Collection(ImportClient.FreshBlock()))).Status);
        Array.ForEach(clients, client => client.Dispose());
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_caller_has_a_share_of_the_streams_and_all_have_no_more_than_there_are()
    {
        var server = RegistryServer.Set("--Registry:Limits:Streams=4", "--Registry:Limits:StreamsPerCaller=3");
        await server.InitializeAsync();
        var places = server.Services.GetRequiredService<StreamPlaces>();
        var taken = Enumerable.Range(0, 3).Select(_ => places.Take(Caller("dev-applicant-a"))).ToList();

        var refused = await server.ApplicantA().Get("/imports/imp-x/events");
        var other = await server.ApplicantB().Get("/imports/imp-x/events");
        var last = places.Take(Caller("somebody"));
        var all = await server.ApplicantB().Get("/imports/imp-x/events");
        taken[0].Dispose();
        var again = await server.ApplicantA().Get("/imports/imp-x/events");

        Assert.All([.. taken, last], place => Assert.True(place.IsAcquired));
        refused.IsProblem(429, "too-many-requests");
        Assert.Equal("1", refused.Headers["Retry-After"]);
        other.IsProblem(404, "not-found");
        all.IsProblem(429, "too-many-requests");
        again.IsProblem(404, "not-found");
        await server.DisposeAsync();
    }

    private static DefaultHttpContext Caller(string name) =>
        new() { User = new RegistryPrincipal(new Caller(name, Role.Applicant, "party-x"), "test") };

    private static async Task<TcpClient> Connect(RegistryServer server)
    {
        var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        return client;
    }

    // What the server answers until it pauses after some of it, or closes.
    private static async Task<string> Ask(TcpClient client, string request)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            var text = "";
            while (!text.Contains("\r\n\r\n", StringComparison.Ordinal) || (text.Contains("problem+json", StringComparison.Ordinal) && !text.Contains("\"detail\"", StringComparison.Ordinal)))
            {
                var count = await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Limit);
                if (count == 0)
                    return text;
                text += Encoding.UTF8.GetString(buffer, 0, count);
            }

            return text;
        }
        catch (IOException)
        {
            return "";
        }
    }
}
