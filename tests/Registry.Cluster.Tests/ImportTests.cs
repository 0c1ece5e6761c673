using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>An import is the cluster's: any gateway shows it, and it outlives the silo that carries it out and the gateway that took it.</summary>
[Collection(PostgresTests.Name)]
public sealed class ImportTests(PostgresFixture postgres)
{
    private const int Features = 600;

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task An_import_outlives_every_silo_it_began_on_and_its_gateway_and_any_gateway_shows_it()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        await using var other = await cluster.StartAnotherGateway();
        using var client = other.Applicant();
        string address;
        using (var sender = cluster.Gateway.Applicant())
            address = await Send(sender);

        // Asked through the gateway that did not take it. Two of three silos are killed, so that one of them carries it out as likely as
        // not, and then the gateway that took it.
        await UntilRegistered(client, address, 1);
        await cluster.Silos[0].Kill();
        await UntilAnswered(client, address);
        await cluster.Silos[1].Kill();
        await cluster.Gateway.Kill();
        var import = await Ended(client, address);

        Assert.Equal(("done", Features, 0), (import.GetProperty("state").GetString(), Count(import, "registered"), Count(import, "refused")));
        var items = await client.GetFromJsonAsync<JsonElement>("/collections/license-blocks/items?limit=1");
        Assert.Equal(Features, Count(items, "numberMatched"));
        using var stranger = other.Client("dev-applicant-b");
        using var hidden = await stranger.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    private static async Task<string> Send(HttpClient client)
    {
        var features = Enumerable.Range(0, Features).Select(at =>
        {
            // A cell each, off the corners of the sheets.
            var (south, west) = ((47 * 60) + (at / 100), (67 * 60) + (at % 100));
            return string.Create(CultureInfo.InvariantCulture, $$$"""
                {"type":"Feature","properties":{"kind":"exploration","commodities":["lithium"]},"geometry":{"type":"Polygon","coordinates":[[
                [{{{west / 60d}}},{{{south / 60d}}}],[{{{(west + 1) / 60d}}},{{{south / 60d}}}],[{{{(west + 1) / 60d}}},{{{(south + 1) / 60d}}}],
                [{{{west / 60d}}},{{{(south + 1) / 60d}}}],[{{{west / 60d}}},{{{south / 60d}}}]]]}}
                """);
        });
        using var file = new StringContent(
            $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""", Encoding.UTF8, "application/geo+json");
        using var answer = await client.PostAsync(new Uri("/imports?collection=license-blocks", UriKind.Relative), file);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private static Task<JsonElement> UntilRegistered(HttpClient client, string address, int count) =>
        Follow(client, address, import => Count(import, "registered") >= count);

    private static Task<JsonElement> UntilAnswered(HttpClient client, string address) => Follow(client, address, _ => true);

    private static Task<JsonElement> Ended(HttpClient client, string address) =>
        Follow(client, address, import => import.GetProperty("state").GetString() is "done" or "refused" or "failed");

    // Asks for the events until one says what is waited for. Where nobody can answer for the import for a moment, the answer is 503.
    private static async Task<JsonElement> Follow(HttpClient client, string address, Func<JsonElement, bool> isThere)
    {
        using var late = new CancellationTokenSource(2 * Deadline.OfAStep);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var answer = await client.GetAsync(new Uri($"{address}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, late.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                using var events = new StreamReader(await answer.Content.ReadAsStreamAsync(late.Token));
                while (await events.ReadLineAsync(late.Token) is { } line)
                {
                    if (line.StartsWith("data: ", StringComparison.Ordinal)
                        && JsonDocument.Parse(line["data: ".Length..]).RootElement is var import && isThere(import))
                        return import;
                }
            }
            else
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            }

            await again.WaitForNextTickAsync(late.Token);
        }
    }

    private static int Count(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
