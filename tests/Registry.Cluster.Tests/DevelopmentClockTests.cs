using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>The clock of a cluster in development, where it can be moved, and in production, where it cannot.</summary>
[Collection(PostgresTests.Name)]
public sealed class DevelopmentClockTests(PostgresFixture postgres)
{
    private static readonly Uri s_clock = new("/development/clock", UriKind.Relative);

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task A_silo_that_joins_after_the_clock_was_moved_learns_it_from_who_asks()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server, environment: "Development");
        using var applicant = cluster.Gateway.Applicant();
        using var registrar = cluster.Gateway.Client("dev-registrar");
        var then = DateTimeOffset.UtcNow.AddYears(10);
        using (var moved = await applicant.PostAsJsonAsync(s_clock, new { now = then }))
            Assert.Equal(HttpStatusCode.OK, moved.StatusCode);

        // All that is asked from now on is decided on a silo that was not there when the clock was moved.
        await cluster.AddSilo();
        foreach (var silo in cluster.Silos.SkipLast(1))
            Assert.Equal(0, await silo.Terminate());
        await cluster.EverySheetAnswers();
        using var applied = await applicant.ApplyUntilAnswered("after", ["M-44-86-(10в-5а-12)"]);
        Assert.Equal(HttpStatusCode.Created, applied.StatusCode);
        using var grant = new HttpRequestMessage(HttpMethod.Post, $"{applied.Headers.Location}/grant");
        grant.Headers.IfMatch.Add(applied.Headers.ETag!);
        using var granted = await registrar.SendAsync(grant);

        var properties = (await granted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("properties");
        Assert.InRange(properties.GetProperty("appliedAt").GetDateTimeOffset(), then, then.AddHours(1));
        Assert.True(DateOnly.Parse(properties.GetProperty("grantedOn").GetString()!, null) >= DateOnly.FromDateTime(then.UtcDateTime));
    }

    [PostgresFact(Timeout = Deadline.OfATest)]
    public async Task Silos_in_production_go_by_the_clock_of_their_machine_and_the_gateway_says_so()
    {
        await using var cluster = await RegistryCluster.Start(postgres.Server);
        using var applicant = cluster.Gateway.Applicant();
        using var refused = await applicant.PostAsJsonAsync(s_clock, new { now = DateTimeOffset.UtcNow.AddYears(10) });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("clock-of-the-machine", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var applied = await applicant.Apply("now", ["M-44-86-(10в-5а-12)"]);
        var properties = (await applied.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("properties");
        Assert.InRange(properties.GetProperty("appliedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task In_development_a_silo_that_others_reach_by_more_than_the_loopback_does_not_start()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => SiloProcess.Start(
            "Host=/nowhere", "silo-1", "192.0.2.1", ("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_TC_QuickJit", "1")));

        Assert.Contains("loopback", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", fault.Message, StringComparison.Ordinal);
    }
}
