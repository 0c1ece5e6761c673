using System.Globalization;
using Microsoft.Extensions.Logging;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;
using Xunit.Abstractions;

namespace Registry.Gateway.Tests.Hosting;

/// <summary>
/// A million made-up requests of each kind, no two alike, leave the memory as it was. <c>REGISTRY_MADE_UP</c> says another number than a
/// million, for a trial.
/// </summary>
[Collection(MadeUpIdTests.Alone)]
public sealed class MadeUpRequestsTests(RegistryServer server, ITestOutputHelper output) : IClassFixture<RegistryServer>
{
    private const int AtOnce = 16;

    // Of the first, pools and caches are filled, which have bounds.
    private const int Warm = 20_000;

    // What grew by an entry for each would grow by 100 bytes and more; what has a bound has grown to it, or is 20 MB away from it.
    private const int MostBytesOfRequest = 20;
    private const long Noise = 20_000_000;

    private static readonly Dictionary<string, Func<Clients, string, Task<Reply>>> s_kinds = new(StringComparer.Ordinal)
    {
        ["a license block"] = (by, id) => by.Nobody.Get($"/license-blocks/lb-{id}"),
        ["the history of a license block"] = (by, id) => by.Nobody.Get($"/license-blocks/lb-{id}/history"),
        ["a deposit"] = (by, id) => by.Nobody.Get($"/deposits/dep-{id}"),
        ["an area"] = (by, id) => by.Nobody.Get($"/areas/area-{id}"),
        ["a party"] = (by, id) => by.Nobody.Get($"/parties/party-{id}"),
        ["a feature"] = (by, id) => by.Nobody.Get($"/collections/deposits/items/dep-{id}"),
        ["an import"] = (by, id) => by.Applicant.Get($"/imports/imp-{id.PadLeft(32, '0')}"),
        ["a cell by its name"] = (by, id) => by.Nobody.Get($"/cells/M-44-{id}"),
        ["a cell by its place"] = (by, id) => by.Nobody.Get(string.Create(CultureInfo.InvariantCulture, $"/cells/at?lon={Number(id) % 360_000 / 1000.0 - 180}&lat={Number(id) % 179_001 / 1000.0 - 89.5}")),
        ["a tile"] = (by, id) => by.Nobody.Get(string.Create(CultureInfo.InvariantCulture, $"/tiles/22/{2_900_000 + (Number(id) % 500_000)}/{1_400_000 + (Number(id) / 3)}.mvt")),
        ["a document under an ETag"] = (by, id) => by.Nobody.Send(HttpMethod.Get, "/parties/party-dev-a", null, ("If-None-Match", $"\"{id}\"")),
        ["a filter"] = (by, id) => by.Nobody.Get($"/collections/deposits/items?limit=1&filter=name='{id}'"),
        ["a page"] = (by, id) => by.Nobody.Get($"/collections/deposits/items?next={id}"),
        ["a key"] = (by, id) => by.Nobody.Send(HttpMethod.Get, "/parties/party-dev-a", null, ("Authorization", $"Bearer key-{id}")),
        ["an address"] = (by, id) => by.Nobody.Get($"/nothing/{id}"),
        ["a deposit that is refused"] = (by, id) => by.Registrar.Post("/deposits", $$"""{"name":"{{id}}"}""", idempotencyKey: id),
        ["an area that is refused"] = (by, id) => by.Registrar.Post("/areas", $$"""{"name":"{{id}}"}""", idempotencyKey: id),
        ["a party that is refused"] = (by, id) => by.Registrar.Post("/parties", $$"""{"name":"{{id}}"}""", idempotencyKey: id),
        ["a change of what there is not"] = (by, id) => by.Applicant.Post($"/license-blocks/lb-{id}/withdraw", null, ifMatch: "*"),
    };

    public static TheoryData<string> Kinds => new(s_kinds.Keys);

    private static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("REGISTRY_MADE_UP"), CultureInfo.InvariantCulture, out var given) ? given : 1_000_000;

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Hundreds_of_them_are_answered_and_none_is_a_fault(string kind) => Ask(kind, 0, 200);

    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Kinds))]
    public async Task Memory_is_flat_over_a_million(string kind)
    {
        await Ask(kind, 0, Warm);
        var before = MadeUpIdTests.Settled();

        await Ask(kind, Warm, Count);

        var grown = MadeUpIdTests.Settled() - before;
        Tell(kind, Count, grown);
        Assert.InRange(grown, long.MinValue, Noise + ((long)MostBytesOfRequest * Count));
    }

    // Over a journal in a file: how an import ended is kept in it for a day.
    [Fact]
    [Trait("Category", "Long")]
    public async Task Memory_is_flat_over_a_million_refused_rows_of_imports()
    {
        const int rows = 9_000;
        var data = Directory.CreateTempSubdirectory("registry-made-up-");
        await using var app = Gateway.Build(
            ["--urls", "http://127.0.0.1:0", "--environment", "Development", "--Registry:DataDirectory", data.FullName], builder => builder.Logging.ClearProviders());
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var applicant = new RegistryClient(http, "dev-applicant-a");
        await Import(-1);
        var before = MadeUpIdTests.Settled();
        for (var file = 0; file < Count / rows; file++)
            await Import(file);

        var grown = MadeUpIdTests.Settled() - before;
        Tell("a refused row", Count, grown);
        await app.StopAsync();
        data.Delete(recursive: true);
        Assert.InRange(grown, long.MinValue, Noise + ((long)MostBytesOfRequest * Count));

        async Task Import(int file)
        {
            var refused = string.Concat(Enumerable.Range(0, rows).Select(row => $"x,refused row,{file} {row}\n"));
            var ended = await applicant.ImportToEnd($"WKT,kind,name\n{refused}", "text/csv");
            Assert.Equal(rows, ended.Count("refused"));
        }
    }

    private void Tell(string kind, int count, long grown) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{kind}: {count} requests, {grown / 1e6:0.0} MB, {(double)grown / count:0.0} bytes each"));

    private Task Ask(string kind, int from, int count) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async client =>
    {
        var by = new Clients(server.Nobody(), server.ApplicantA(), server.Registrar());
        for (var i = client; i < count; i += AtOnce)
        {
            var reply = await s_kinds[kind](by, (from + i).ToString("D26", CultureInfo.InvariantCulture));
            Assert.True(reply.Status is 200 or 204 or 400 or 401 or 404 or 422, $"{kind}: {reply.Status} {reply.Text}");
        }
    }));

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private sealed record Clients(RegistryClient Nobody, RegistryClient Applicant, RegistryClient Registrar);
}
