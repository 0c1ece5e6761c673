using System.Net.Http;
using Generated;
using Newtonsoft.Json;

/// <summary>What client.ts does, by the client that NSwag generates. It is compiled by the test, with that client.</summary>
public static class Client
{
    /// <returns>As JSON: the ids of what was filed and of what was found, the type of the problem, and whom it names.</returns>
    public static async Task<string> Run(HttpClient http, string[] cells)
    {
        var registry = new RegistryClient(http);

        // Files an application for each cell.
        var filed = new List<string>();
        foreach (var cell in cells)
            filed.Add((await registry.ApplyForGroundAsync(Over(cell, "lithium"), $"csharp-{filed.Count}")).Id);

        // Pages through what is there.
        var found = new List<string>();
        string? page = null;
        do
        {
            var items = await registry.GetItemsOfLicenseBlocksAsync(limit: 2, status: Status.Applied, page: page);
            found.AddRange(items.Features.Select(feature => feature.Id));
            page = items.Links.FirstOrDefault(link => link.Rel == "next") is { } next ? PageOf(next.Href) : null;
        }
        while (page is not null);

        // Reads why another application is refused.
        try
        {
            await registry.ApplyForGroundAsync(Over(cells[0], "gold"));
        }
        catch (ApiException<Problem> refused)
        {
            return JsonConvert.SerializeObject(new
            {
                filed,
                found,
                problem = refused.Result.Type,
                conflict = refused.Result.Conflicts!.Single().LicenseBlock,
            });
        }

        throw new InvalidOperationException("The same ground was taken twice.");
    }

    private static Application Over(string cell, string commodity) =>
        new() { Kind = LicenseBlockKind.Exploration, Cells = [cell], Commodities = [commodity] };

    private static string PageOf(Uri address) =>
        Uri.UnescapeDataString(address.Query.TrimStart('?').Split('&').Single(part => part.StartsWith("page=", StringComparison.Ordinal))["page=".Length..]);
}

namespace Generated
{
    // NSwag names the types of `oneOf` and leaves them to the program. One that draws would have its library's geometry here.

    /// <summary>A Polygon or a MultiPolygon, as GeoJSON has it.</summary>
    public sealed class Geometry
    {
        [JsonExtensionData]
        public IDictionary<string, object>? Members { get; set; }
    }

    /// <summary>The same, or a Point.</summary>
    public sealed class Geometry2
    {
        [JsonExtensionData]
        public IDictionary<string, object>? Members { get; set; }
    }
}
