using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Core;
using Registry.Gateway.Identity;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Proxies;

/// <summary>Behind nginx, with TLS and a prefix, every link of every document is followed, and none leaves the public address.</summary>
public sealed partial class BehindNginxTests
{
    private const string Root = "https://cadastre.example/ogc";
    private const int MostFollowed = 1000;

    private const string ByHeaders = """
        proxy_pass http://REGISTRY/; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header X-Forwarded-For 203.0.113.7;
        proxy_set_header X-Forwarded-Proto https; proxy_set_header X-Forwarded-Host $host; proxy_set_header X-Forwarded-Prefix /ogc;
        """;

    private const string WithoutAWord = "proxy_pass http://REGISTRY/; proxy_http_version 1.1;";
    private const string WithItsPath = "proxy_pass http://REGISTRY; proxy_http_version 1.1;";

    [NginxTheory]
    [InlineData("--Registry:TrustedProxies=127.0.0.0/8", ByHeaders)]
    [InlineData("--Registry:PublicUrl=https://cadastre.example/ogc", WithoutAWord)]
    [InlineData("--Registry:PublicUrl=https://cadastre.example/ogc/", WithItsPath)]
    public async Task No_link_leaves_the_public_address(string setting, string location)
    {
        var server = RegistryServer.Set(setting);
        await server.InitializeAsync();
        try
        {
            await server.Keyring.Issue(KeyDigest.Of("key-of-registrar"), new Caller("registrar", Role.Registrar), DateTimeOffset.UtcNow);
            await using var nginx = await Nginx.Start(server.Address, location);
            using var client = nginx.Client();
            var seeds = new List<string> { $"{Root}/", $"{Root}/?f=html", $"{Root}/tiles.json", $"{Root}/problems", $"{Root}/openapi/v1.json", $"{Root}/api" };
            seeds.AddRange(await Write(client));
            await Follow(client, seeds);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    // What is written names addresses in Location, and a refusal that of its problem.
    private static async Task<IEnumerable<string>> Write(HttpClient client)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "key-of-registrar");
        var found = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            using var made = await Post(client, "/deposits", $$$"""
                {"name":"Deposit {{{i}}}","status":"prospect","commodities":["gold"],"geometry":{"type":"Point","coordinates":[{{{70 + i}}},48]}}
                """);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            found.Add(new Uri(new Uri($"{Root}/deposits"), made.Headers.Location!).AbsoluteUri);
        }

        using var refused = await Post(client, "/deposits", "{}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var type = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString()!;
        found.Add(new Uri(new Uri($"{Root}/deposits"), type).AbsoluteUri);
        found.AddRange(await Import(client));
        client.DefaultRequestHeaders.Authorization = null;
        return found;
    }

    // Problems within the answer of an import have addresses too. Its events say when it has ended, through nginx and compressed for nobody.
    private static async Task<IEnumerable<string>> Import(HttpClient client)
    {
        using var accepted = await Post(client, "/imports?collection=deposits", """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}
            """);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        var address = new Uri(new Uri($"{Root}/imports"), accepted.Headers.Location!);
        using var listening = new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}/events"));
        listening.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var events = await client.SendAsync(listening);
        Assert.Empty(events.Content.Headers.ContentEncoding);
        Assert.Contains("event: end", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var ended = JsonDocument.Parse(await client.GetStringAsync(address)).RootElement;
        var problem = Assert.Single(ended.GetProperty("refusals").EnumerateArray()).GetProperty("problem");
        return [new Uri(address, problem.GetProperty("type").GetString()!).AbsoluteUri];
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri(Root + path), content);
    }

    private static async Task Follow(HttpClient client, IEnumerable<string> seeds)
    {
        var (left, seen) = (new Queue<string>(seeds), new HashSet<string>());
        while (left.TryDequeue(out var address))
        {
            Assert.True(address == Root || address.StartsWith($"{Root}/", StringComparison.Ordinal), address);
            // The contract names the address that its paths begin with, which is none by itself.
            if (address == Root || !seen.Add(address))
                continue;
            Assert.True(seen.Count <= MostFollowed, address);
            using var answer = await client.GetAsync(new Uri(address));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, $"{address}: {answer.StatusCode}");
            var links = answer.Headers.TryGetValues("Link", out var headers) ? headers.Select(header => Target().Match(header).Groups[1].Value) : [];
            foreach (var link in links.Concat(await LinksOf(answer)))
                left.Enqueue(new Uri(new Uri(address), link).AbsoluteUri);
        }

        Assert.InRange(seen.Count, 60, MostFollowed);
    }

    private static async Task<IEnumerable<string>> LinksOf(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        if (type == "text/html")
            return Reference().Matches(await answer.Content.ReadAsStringAsync()).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).Where(IsOfRegistry);
        return type.EndsWith("json", StringComparison.Ordinal)
            ? LinksOf(JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement, "").Where(IsOfRegistry)
            : [];
    }

    // The dashboard asks for a password, the licence of the data is elsewhere, and free cells go on for a million.
    private static bool IsOfRegistry(string link) =>
        !link.Contains("/dashboard/", StringComparison.Ordinal) && !(link.Contains("/cells/free", StringComparison.Ordinal) && link.Contains("page=", StringComparison.Ordinal)) && !link.StartsWith("https://creativecommons.org/", StringComparison.Ordinal);

    private static IEnumerable<string> LinksOf(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => LinksOf(member.Value, member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(item => LinksOf(item, name)),
        JsonValueKind.String when name is "href" or "url" or "$id" or "tiles" || (name == "type" && element.GetString()!.Contains("/problems/", StringComparison.Ordinal)) =>
            [element.GetString()!.Replace("{z}", "6", StringComparison.Ordinal).Replace("{x}", "44", StringComparison.Ordinal).Replace("{y}", "22", StringComparison.Ordinal)],
        _ => [],
    };

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Target();

    [GeneratedRegex("(?:href|src|action)=\"([^\"#]+)\"")]
    private static partial Regex Reference();
}
