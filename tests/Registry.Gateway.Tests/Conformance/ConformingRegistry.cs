using System.Text.Json;
using Registry.Gateway.Tests.Cells;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>A registry with a few features in each collection, as the abstract tests of OGC API - Features want one.</summary>
public sealed class ConformingRegistry : IAsyncLifetime
{
    public const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

    private readonly RegistryServer _server = new();

    /// <summary>Asks without a key.</summary>
    public RegistryClient Nobody => _server.Nobody();

    public async Task InitializeAsync()
    {
        await _server.InitializeAsync();
        for (var i = 0; i < 12; i++)
            await _server.ApplicantA().Apply(Bodies.FreshCells(1 + (i % 4)));
        var (south, west) = Bodies.FreshCorner();
        var area = await _server.Registrar().Post("/areas", $$"""
            {"name":"Reserve","effect":"condition","geometry":{{Bodies.Rectangle(south, west, south + 3, west + 4)}},"legalBasis":"Art. 25"}
            """);
        Assert.Equal(201, area.Status);
        var deposit = await _server.Registrar().Post("/deposits", """
            {"name":"<script>alert('&')</script>","status":"prospect","geometry":{"type":"Point","coordinates":[70.25,48.5]},"commodities":["gold"]}
            """);
        Assert.Equal(201, deposit.Status);
    }

    public Task DisposeAsync() => _server.DisposeAsync();

    /// <summary>Asks, expects 200 and the media type, and gives the whole answer.</summary>
    public async Task<Reply> Get(string address, string mediaType = "application/json")
    {
        var reply = await Nobody.Get(address);
        Assert.True(reply.Status == 200, $"{address}: {reply.Status} {reply.Text}");
        Assert.Equal(mediaType, reply.MediaType);
        return reply;
    }

    /// <summary>The first page of a collection's features.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="query">More of the query, without a mark before it.</param>
    public async Task<JsonElement> Items(string collection, string query = "limit=1000") =>
        (await Get($"/collections/{collection}/items?{query}", "application/geo+json")).Json;

    /// <summary>The collections.</summary>
    public async Task<IReadOnlyList<JsonElement>> Collections() =>
        [.. (await Get("/collections")).Json.GetProperty("collections").EnumerateArray()];

    /// <summary>The ids of the collections.</summary>
    public async Task<IReadOnlyList<string>> CollectionIds() =>
        [.. (await Collections()).Select(collection => collection.GetProperty("id").GetString()!)];

    /// <summary>The address of the first link of a relation.</summary>
    public static string Link(JsonElement document, string relation) =>
        CellAddressTests.LinkTo(document, relation) ?? throw new InvalidOperationException($"There is no link {relation}.");

    /// <summary>Checks that links have relation and media type, among them one to the document itself and one to each other form of it.</summary>
    public static void AssertLinks(JsonElement document, params string[] alternates)
    {
        var links = document.GetProperty("links").EnumerateArray().ToList();
        Assert.All(links, link => Assert.NotEmpty(link.GetProperty("rel").GetString()!));
        Assert.All(links, link => Assert.NotEmpty(link.GetProperty("type").GetString()!));
        Assert.Single(links, link => link.GetProperty("rel").GetString() == "self");
        Assert.Equal(alternates, links.Where(link => link.GetProperty("rel").GetString() == "alternate").Select(link => link.GetProperty("type").GetString()!));
    }

    /// <summary>Every position of a geometry, as the numbers stand.</summary>
    public static IEnumerable<(double X, double Y)> Positions(JsonElement coordinates) =>
        coordinates[0].ValueKind == JsonValueKind.Number
            ? [(coordinates[0].GetDouble(), coordinates[1].GetDouble())]
            : coordinates.EnumerateArray().SelectMany(Positions);

    /// <summary>Every position of a feature's geometry.</summary>
    public static IEnumerable<(double X, double Y)> PositionsOf(JsonElement feature) =>
        Positions(feature.GetProperty("geometry").GetProperty("coordinates"));

    /// <summary>The ids of features.</summary>
    public static IEnumerable<string> Ids(JsonElement features) =>
        features.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!);
}

/// <summary>The abstract tests, which only read, and share one registry.</summary>
[CollectionDefinition(Name)]
public sealed class OneConformingRegistry : ICollectionFixture<ConformingRegistry>
{
    public const string Name = "one conforming registry";
}
