using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>The dashboard of a single process, as a browser meets it.</summary>
[Collection(OneServer.Name)]
public sealed class DashboardTests(RegistryServer server)
{
    [Theory]
    [InlineData("/dashboard/")]
    [InlineData("/dashboard/index.html")]
    public async Task A_page_of_the_dashboard_runs_its_own_script_alone_and_is_shown_in_no_frame(string path)
    {
        var policy = (await server.Operator().Get(path)).Headers["Content-Security-Policy"];

        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operators_key_of_development_opens_it_on_this_machine_alone()
    {
        Assert.Equal(401, (await server.Operator().Send(HttpMethod.Get, "/dashboard/", null, ("Host", "evil.example"))).Status);
        Assert.Equal(200, (await server.Operator().Get("/dashboard/")).Status);
    }
}
