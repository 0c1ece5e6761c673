using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Registry.Gateway.Tests.Acceptance;
using Registry.Log.Notes;
using Registry.Log.Policies;
using Registry.Log.Receipts;
using Registry.Log.Signing;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>Three silos, a gateway that has no key, and the one process that signs: it comes, goes and comes back.</summary>
[Collection(PostgresTests.Name)]
public sealed class SignerTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Receipts_come_from_a_gateway_without_a_key_wait_while_the_signer_is_away_and_come_when_it_is_back()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        using var client = cluster.Gateway.Applicant();
        var unsigned = await Apply(client, 0);
        Assert.Equal(HttpStatusCode.NotFound, (await Proof(client, unsigned)).Status);
        var key = SigningKey.Generate("registry.test/draft", SignatureKind.Ed25519);
        await File.WriteAllTextAsync(Path("log.key"), key.Export());
        SignerState.Create(Path("first"), [key], TimeProvider.System.GetUtcNow());

        await using (var signer = await StartSigner(cluster))
        {
            await Receipt(client, unsigned, key.Verifier);
            await Receipt(client, await Apply(client, 1), key.Verifier);

            // A second one is given the same state.
            var second = await Assert.ThrowsAsync<InvalidOperationException>(() => StartSigner(cluster));
            Assert.Contains("another process signs with it", second.Message, StringComparison.Ordinal);
            await signer.Kill();
        }

        var waiting = await Apply(client, 2);
        var (status, text) = await Proof(client, waiting);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("no checkpoint over it is signed yet", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Proof(client, unsigned)).Status);

        await using (await StartSigner(cluster))
            await Receipt(client, waiting, key.Verifier);
    }

    private Task<RegistryProcess> StartSigner(RegistryCluster cluster) => RegistryProcess.StartProgram(
        typeof(Gateway.Gateway).Assembly.Location, ["sign"],
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Registry__Cluster", "postgres"),
        ("ConnectionStrings__Registry", cluster.Database),
        ("Registry__LogKey", Path("log.key")),
        ("Registry__LogState", Path("state")),
        ("Registry__LogFirstState", Path("first")));

    private string Path(string name) => System.IO.Path.Combine(_directory.Path, name);

    // The address of the receipt.
    private static async Task<string> Apply(HttpClient client, int place)
    {
        using var answer = await client.ApplyUntilAnswered(
            string.Create(CultureInfo.InvariantCulture, $"signer-{place}"), SheetCorners.Rectangle(place, 0, 0, 1, 1));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.GetValues("Link").Single(link => link.Contains("receipt", StringComparison.Ordinal)).Split('<', '>')[1];
    }

    private static async Task<(HttpStatusCode Status, string Text)> Proof(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // Asks until it is there: nobody tells a gateway that something was signed.
    private static async Task Receipt(HttpClient client, string address, VerifierKey key)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var since = Stopwatch.StartNew();
        while (true)
        {
            var (status, text) = await Proof(client, address);
            if (status == HttpStatusCode.OK)
            {
                var proof = TlogProof.Parse(Encoding.UTF8.GetBytes(text));
                proof.Verify(proof.Extra!.Value.Span, TrustPolicy.OfLogs([key]), TimeProvider.System.GetUtcNow());
                return;
            }

            Assert.True(status is HttpStatusCode.ServiceUnavailable or HttpStatusCode.NotFound, text);
            Assert.True(since.Elapsed < Deadline.OfAStep, $"There is no receipt at {address}: {text}");
            await again.WaitForNextTickAsync();
        }
    }
}
