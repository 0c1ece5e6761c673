using System.Net.Http.Headers;
using System.Text;

namespace Registry.Gateway.Tests.Serving;

/// <summary>Speaks to the registry as one caller.</summary>
public sealed class RegistryClient
{
    private readonly HttpClient _http;

    public RegistryClient(HttpClient http, string? key)
    {
        _http = http;
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public Task<Reply> Get(string path, string? ifNoneMatch = null) => Send(HttpMethod.Get, path, null, ("If-None-Match", ifNoneMatch));

    public Task<Reply> Post(string path, string? body, string? ifMatch = null, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, path, Json(body), ("If-Match", ifMatch), ("Idempotency-Key", idempotencyKey));

    public Task<Reply> Patch(string path, string body, string? ifMatch = null, string mediaType = "application/merge-patch+json") =>
        Send(HttpMethod.Patch, path, Content(body, mediaType), ("If-Match", ifMatch));

    /// <summary>Applies for cells, for exploration, and expects to be told 201.</summary>
    public async Task<Reply> Apply(params string[] cells)
    {
        var reply = await Post("/license-blocks", Bodies.Application(cells));
        Assert.Equal(201, reply.Status);
        return reply;
    }

    /// <summary>Acts on a license block on its present version.</summary>
    public async Task<Reply> Act(string id, string action, string? body = null) =>
        await Post($"/license-blocks/{id}/{action}", body, ifMatch: (await Get($"/license-blocks/{id}")).ETag);

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (value is not null)
                Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await _http.SendAsync(request);
        return await Reply.Read(response);
    }

    public static HttpContent Content(string body, string? mediaType) => Content(Encoding.UTF8.GetBytes(body), mediaType);

    public static HttpContent Content(byte[] body, string? mediaType)
    {
        var content = new ByteArrayContent(body);
        if (mediaType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    private static HttpContent? Json(string? body) => body is null ? null : Content(body, "application/json");
}
