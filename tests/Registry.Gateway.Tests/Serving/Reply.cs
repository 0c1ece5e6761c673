using System.Text.Json;

namespace Registry.Gateway.Tests.Serving;

/// <summary>What the registry answered.</summary>
public sealed record Reply(int Status, string? MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement Properties => Json.GetProperty("properties");

    public string Id => Json.GetProperty("id").GetString()!;

    public string? ETag => Headers.GetValueOrDefault("ETag");

    /// <summary>The pointers of a problem's errors.</summary>
    public IEnumerable<string> Pointers => Json.TryGetProperty("errors", out var errors)
        ? errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)
        : [];

    /// <summary>The names of the rules that a problem names.</summary>
    public IEnumerable<string> Rules => Json.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()!);

    public string LifeStatus => Properties.GetProperty("status").GetString()!;

    public static async Task<Reply> Read(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply(
            (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), headers);
    }

    /// <summary>Checks that this is the problem of a slug, whole and well formed.</summary>
    public Reply IsProblem(int status, string slug)
    {
        Assert.True(status == Status, $"{Status} {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal($"/problems/{slug}", Json.GetProperty("type").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.NotEmpty(Json.GetProperty("title").GetString()!);
        Assert.NotEmpty(Json.GetProperty("detail").GetString()!);
        return this;
    }
}
