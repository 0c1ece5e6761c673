using System.Text;
using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Sends files, and waits for the end of an import by its events.</summary>
internal static class ImportClient
{
    public const string GeoJson = "application/geo+json";

    /// <summary>Sends a file.</summary>
    public static Task<Reply> Import(
        this RegistryClient client, byte[] file, string mediaType = GeoJson, string query = "collection=license-blocks", string? key = null) =>
        client.Send(HttpMethod.Post, $"/imports?{query}", RegistryClient.Content(file, mediaType), ("Idempotency-Key", key));

    /// <summary>Sends a file that is a text.</summary>
    public static Task<Reply> Import(
        this RegistryClient client, string file, string mediaType = GeoJson, string query = "collection=license-blocks", string? key = null) =>
        client.Import(Encoding.UTF8.GetBytes(file), mediaType, query, key);

    /// <summary>The import that was taken, at its end.</summary>
    public static async Task<JsonElement> Ended(this RegistryClient client, Reply taken)
    {
        Assert.True(taken.Status == 202, $"{taken.Status} {taken.Text}");
        // Ends with the import.
        var events = await client.Get($"{taken.Headers["Location"]}/events");
        Assert.Equal(200, events.Status);
        return (await client.Get(taken.Headers["Location"])).Json;
    }

    /// <summary>Imports a file and waits for its end.</summary>
    public static async Task<JsonElement> ImportToEnd(
        this RegistryClient client, string file, string mediaType = GeoJson, string query = "collection=license-blocks", string? key = null) =>
        await client.Ended(await client.Import(file, mediaType, query, key));

    /// <summary>Imports a file and waits for its end.</summary>
    public static async Task<JsonElement> ImportToEnd(
        this RegistryClient client, byte[] file, string mediaType, string query = "collection=license-blocks", string? key = null) =>
        await client.Ended(await client.Import(file, mediaType, query, key));

    public static string Collection(params IEnumerable<string> features) =>
        $$"""{"type":"FeatureCollection","features":[{{string.Join(",", features)}}]}""";

    /// <summary>A feature that is an application for the cells that a rectangle covers.</summary>
    public static string Block(string geometry, string properties = """{"kind":"exploration","commodities":["lithium"]}""") =>
        $$"""{"type":"Feature","geometry":{{geometry}},"properties":{{properties}}}""";

    /// <summary>A feature over as many fresh cells, side by side.</summary>
    public static string FreshBlock(int cells = 2)
    {
        var (south, west) = Bodies.FreshCorner();
        return Block(Bodies.Rectangle(south, west, south + 1, west + cells));
    }

    public static int Count(this JsonElement import, string name) => import.GetProperty(name).GetInt32();

    public static string? State(this JsonElement import) => import.GetProperty("state").GetString();

    public static string? Slug(this JsonElement problem) => problem.GetProperty("type").GetString()!["/problems/".Length..];
}
