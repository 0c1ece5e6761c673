using System.Text.Json;

namespace Registry.Gateway.Tests;

/// <content>Asking, which is the same of a cluster (Registry.Cluster.Tests).</content>
public sealed partial class ReadingServer
{
    /// <summary>Nobody in particular.</summary>
    public HttpClient Client { get; } = new();

    /// <summary>Asks, and reads the answer as JSON of the status and media type that were expected.</summary>
    public async Task<JsonElement> Get(string address, int status = 200, string? mediaType = null)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{address}: {(int)answer.StatusCode} {text}");
        Assert.Equal(mediaType ?? (status == 200 ? "application/json" : "application/problem+json"), answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks for something that is refused, and gives the parameter that is named.</summary>
    public async Task<string?> Refused(string address) =>
        (await Get(address, 400)).GetProperty("errors")[0].GetProperty("pointer").GetString();
}
