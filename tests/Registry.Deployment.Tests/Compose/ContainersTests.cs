using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Compose;

/// <summary>What the registry does in containers.</summary>
[Collection(ContainersCollection.Name)]
public sealed class ContainersTests
{
    // What docs/operating.md promises of a silo that is lost.
    private static readonly TimeSpan AgainWithin = TimeSpan.FromSeconds(15);

    // A place of each of ten sheets, all inside of the country.
    private static readonly (double Lon, double Lat)[] Places =
        [(51, 50), (57, 50), (63, 50), (69, 50), (75, 50), (81, 50), (57, 47), (63, 47), (69, 47), (75, 47)];

    [ContainersFact]
    public async Task A_cluster_whose_containers_are_healthy_answers_a_query()
    {
        await ContainedRegistry.UntilHealthy();
        using var anybody = ContainedRegistry.Client("proxy");
        var answer = await anybody.GetFromJsonAsync<JsonElement>("/collections/sheets/items?limit=100");
        Assert.Equal(26, answer.GetProperty("numberReturned").GetInt32());
    }

    // Images have nothing that is not needed, and a program that misses something says so as it starts.
    [ContainersTheory]
    [InlineData("silo-1")]
    [InlineData("gateway-1")]
    public void A_process_misses_no_library_of_its_image(string service) =>
        Assert.DoesNotContain("Cannot load library", ContainedRegistry.Compose("logs", "--no-color", service), StringComparison.Ordinal);

    [ContainersFact]
    public async Task After_a_silo_is_killed_applications_over_ten_sheets_succeed_within_15_s_and_those_from_before_stand()
    {
        using var applicant = await Applicant("kill");
        var before = await Task.WhenAll(Places.Select(place => Apply(applicant, place.Lon, place.Lat)));
        Assert.All(before, Assert.NotNull);
        var cells = await Task.WhenAll(Places.Select(place => CellAt(applicant, place.Lon, place.Lat + 0.5)));

        ContainedRegistry.Compose("kill", "silo-2");
        var after = await Task.WhenAll(cells.Select(cell => ApplyWithin(AgainWithin, applicant, cell)));

        Assert.All(after, Assert.NotNull);
        Assert.All(before.Concat(after), address => Assert.Equal(HttpStatusCode.OK, applicant.GetAsync(address).GetAwaiter().GetResult().StatusCode));
        ContainedRegistry.Compose("start", "silo-2");
        await ContainedRegistry.UntilHealthy();
        ContainedRegistry.Registry("verify");
    }

    [ContainersFact]
    public async Task A_silo_that_is_stopped_ends_by_itself_within_its_grace_period()
    {
        ContainedRegistry.Compose("stop", "silo-3");

        // 137, were it killed at the end of the period.
        Assert.Equal("exited 0", ContainedRegistry.Inspect("silo-3", "{{.State.Status}} {{.State.ExitCode}}"));

        ContainedRegistry.Compose("start", "silo-3");
        await ContainedRegistry.UntilHealthy();
    }

    [ContainersFact]
    public async Task The_dashboard_is_for_operators_and_not_at_the_public_port()
    {
        var key = ContainedRegistry.Registry("key", "issue", "--name", "dashboard-operator", "--role", "operator");
        using var dashboard = ContainedRegistry.Client("silo-1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await dashboard.GetAsync("/dashboard/")).StatusCode);
        dashboard.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"anyone:{key}")));
        Assert.Equal(HttpStatusCode.OK, (await dashboard.GetAsync("/dashboard/")).StatusCode);

        using var outside = ContainedRegistry.Client("proxy", key);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.GetAsync("/dashboard/")).StatusCode);
    }

    // A key of the registry, for a company that a registrar has registered.
    private static async Task<HttpClient> Applicant(string name)
    {
        using var registrar = ContainedRegistry.Client(
            "proxy", ContainedRegistry.Registry("key", "issue", "--name", $"{name}-registrar", "--role", "registrar"));
        using var registered = await registrar.PostAsJsonAsync("/parties", new { name, kind = "company", country = "KZ" });
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        var party = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        return ContainedRegistry.Client(
            "proxy", ContainedRegistry.Registry("key", "issue", "--name", $"{name}-applicant", "--role", "applicant", "--party", party));
    }

    private static async Task<string> CellAt(HttpClient client, double lon, double lat) =>
        (await client.GetFromJsonAsync<JsonElement>(FormattableString.Invariant($"/cells/at?lon={lon}&lat={lat}"))).GetProperty("code").GetString()!;

    private static async Task<Uri?> Apply(HttpClient client, double lon, double lat) => await Apply(client, await CellAt(client, lon, lat), "once");

    // The same key each time: whether an application that was left unanswered was filed, its repetition finds out.
    private static async Task<Uri?> ApplyWithin(TimeSpan limit, HttpClient client, string cell)
    {
        Uri? address = null;
        await ContainedRegistry.Within(limit, async () => (address = await Apply(client, cell, "again")) is not null);
        return address;
    }

    // Where the new license block is; null where there is no answer, or one that says to ask again.
    private static async Task<Uri?> Apply(HttpClient client, string cell, string key)
    {
        using var application = new HttpRequestMessage(HttpMethod.Post, "/license-blocks")
        {
            Content = JsonContent.Create(new { kind = "exploration", cells = new[] { cell }, commodities = new[] { "lithium" } }),
        };
        application.Headers.Add("Idempotency-Key", $"{key}-{Convert.ToHexString(Encoding.UTF8.GetBytes(cell))}");
        try
        {
            using var answer = await client.SendAsync(application);
            if ((int)answer.StatusCode >= 500)
                return null;
            Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            return answer.Headers.Location;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
