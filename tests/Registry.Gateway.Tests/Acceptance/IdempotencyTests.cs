using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Registry.Gateway.Tests.Acceptance;

/// <summary>An idempotency key has one effect, whoever asks how often, before and after a restart.</summary>
public sealed class IdempotencyTests
{
    private const int Connections = 16;

    private static readonly object Application = new
    {
        kind = "exploration",
        cells = new[] { "M-42-86-(10в-5а-12)", "M-42-86-(10в-5а-13)" },
        commodities = new[] { "lithium" },
    };

    [Fact]
    public async Task Sixteen_connections_with_one_key_file_one_application_also_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        string[] before;
        await using (var first = await RegistryProcess.Start(directory.Path))
        {
            before = await AskFromEveryConnection(first);
            Assert.Equal(0, await first.Terminate());
        }

        await using var second = await RegistryProcess.Start(directory.Path);
        var after = await AskFromEveryConnection(second);
        var answer = Assert.Single(before.Concat(after).Distinct());

        using var client = second.Client();
        var items = await client.GetFromJsonAsync<JsonElement>("/collections/license-blocks/items");
        Assert.Equal(1, items.GetProperty("numberMatched").GetInt32());
        var id = JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString();
        var history = await client.GetFromJsonAsync<JsonElement>($"/license-blocks/{id}/history");
        Assert.Single(history.GetProperty("history").EnumerateArray());
    }

    [Fact]
    public async Task A_key_used_for_another_body_is_refused()
    {
        using var directory = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(directory.Path);
        using var client = registry.Client("dev-applicant-a");
        using var first = await Ask(client, Application);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using var other = await Ask(client, new { kind = "exploration", cells = new[] { "M-42-87-(10в-5а-1)" }, commodities = new[] { "gold" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        var problem = await other.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("/problems/idempotency-key-reused", problem.GetProperty("type").GetString());
    }

    private static async Task<string[]> AskFromEveryConnection(RegistryProcess registry) =>
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            using var client = registry.Client("dev-applicant-a");
            using var answer = await Ask(client, Application);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }));

    private static Task<HttpResponseMessage> Ask(HttpClient client, object application) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/license-blocks")
        {
            Headers = { { "Idempotency-Key", "the-one-key" } },
            Content = JsonContent.Create(application),
        });
}
