using System.Net;
using System.Net.Http.Json;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests;

/// <summary>Applications for ground over HTTP.</summary>
public static class Applications
{
    /// <summary>A client of one of the two development applicants.</summary>
    public static HttpClient Applicant(this RegistryProcess registry, int number = 0) =>
        registry.Client(number % 2 == 0 ? "dev-applicant-a" : "dev-applicant-b");

    /// <summary>Sends an application under an idempotency key.</summary>
    public static async Task<HttpResponseMessage> Apply(this HttpClient client, string key, string[] cells)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/license-blocks")
        {
            Headers = { { "Idempotency-Key", key } },
            Content = JsonContent.Create(new { kind = "exploration", cells, commodities = new[] { "copper" } }),
        };
        return await client.SendAsync(request);
    }

    /// <summary>
    /// Sends an application under a key again and again until it is known what became of it: while there is no answer in the client's
    /// time, or 503.
    /// </summary>
    /// <param name="client">Who sends it.</param>
    /// <param name="key">The idempotency key.</param>
    /// <param name="cells">The ground.</param>
    /// <param name="repeats">Called each time before it is sent again.</param>
    public static async Task<HttpResponseMessage> ApplyUntilAnswered(this HttpClient client, string key, string[] cells, Action? repeats = null)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                var answer = await client.Apply(key, cells);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return answer;
                answer.Dispose();
            }
            catch (TaskCanceledException)
            {
                // No answer in time. The key makes asking again safe.
            }

            repeats?.Invoke();
            await again.WaitForNextTickAsync();
        }
    }
}
