using System.Net;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Compose;

/// <summary>The registry in containers, for real: images are built, and everything is started as docker-compose.yml says.</summary>
public sealed class ContainersTests
{
    // A name of its own: whoever runs the tests may have a registry of their own running.
    private static readonly string[] Project = ["--project-name", "registry-tests"];

    [ContainersFact]
    public async Task The_registry_answers_and_goes_on_answering_when_a_silo_is_killed()
    {
        using var client = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5080"), Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            // --wait: the proxy is healthy when a gateway is ready.
            Compose("up", "--build", "--detach", "--wait", "--wait-timeout", "300");
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/collections/license-blocks/items")).StatusCode);

            Compose("kill", "silo-2");
            Assert.True(await AnswersWithin(client, TimeSpan.FromSeconds(15)), "A query did not succeed within 15 s of the kill.");

            // Nobody may reach the dashboard without a key.
            using var dashboard = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:5081") };
            Assert.Equal(HttpStatusCode.Unauthorized, (await dashboard.GetAsync("/dashboard")).StatusCode);
        }
        finally
        {
            DockerCompose.Run([.. Project, "down", "--volumes", "--timeout", "45"]);
        }
    }

    private static async Task<bool> AnswersWithin(HttpClient client, TimeSpan limit)
    {
        var deadline = DateTime.UtcNow + limit;
        while (DateTime.UtcNow < deadline)
        {
            using var answer = await client.GetAsync("/collections/license-blocks/items");
            if (answer.IsSuccessStatusCode)
                return true;
        }

        return false;
    }

    private static void Compose(params IEnumerable<string> arguments)
    {
        var answer = DockerCompose.Run([.. Project, .. arguments]);
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }
}
