using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Gateway.Tests.Acceptance;
using Registry.Hosting.Callers;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>Whoever guesses keys at a silo's dashboard is soon told that each is wrong, and keeps nobody else out.</summary>
[Collection(PostgresTests.Name)]
public sealed class GuessedKeyTests(SharedCluster shared) : IClassFixture<SharedCluster>
{
    private const string Operators = "key-of-an-operator";

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task After_as_many_guesses_as_an_address_has_the_right_key_is_told_to_be_wrong_too_and_from_another_address_is_not()
    {
        var cluster = await shared.Whole();
        await using (var journal = await cluster.OpenJournal())
            Assert.True(await journal.Issue(SHA256.HashData(Encoding.UTF8.GetBytes(Operators)), new Caller("watch", Role.Operator), DateTimeOffset.UtcNow));
        using var guesser = ClientOf(cluster.Silos[0], "127.0.0.2");
        using var other = ClientOf(cluster.Silos[0], "127.0.0.3");
        Assert.Equal(HttpStatusCode.OK, await Ask(guesser, Operators));

        // An address has its guesses back each minute, which is over at any time.
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        do
        {
            late.Token.ThrowIfCancellationRequested();
            Assert.All(
                await Task.WhenAll(Enumerable.Range(0, RefusedKeys.Usual).Select(i => Ask(guesser, $"guess-{i}"))),
                status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        }
        while (await Ask(guesser, Operators) != HttpStatusCode.Unauthorized);

        Assert.Equal(HttpStatusCode.OK, await Ask(other, Operators));
    }

    private static HttpClient ClientOf(RegistryProcess silo, string from) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = silo.Address,
    };

    private static async Task<HttpStatusCode> Ask(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/dashboard/", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
