using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Ground;
using Registry.Actors.Hosting;
using Registry.Core.Ground;
using Registry.Gateway.Problems;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Problems;

[Collection(OneServer.Name)]
public sealed class ProblemTests(RegistryServer server)
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/license-blocks/lb-x/history/more")]
    [InlineData("/problems/none")]
    [InlineData("/%ff%fe")]
    public async Task An_unknown_address_is_not_found(string path) => (await server.Nobody().Get(path)).IsProblem(404, "not-found");

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_answered_with_those_that_it_takes()
    {
        var reply = await server.Nobody().Send(HttpMethod.Delete, "/license-blocks/lb-x", null);

        reply.IsProblem(405, "method-not-allowed");
        Assert.Equal("GET, HEAD", reply.Headers["Allow"]);
    }

    [Fact]
    public async Task Every_type_of_problem_is_explained_at_its_address()
    {
        foreach (var type in ProblemType.All)
        {
            var reply = await server.Nobody().Get($"/problems/{type.Slug}");
            Assert.Equal(200, reply.Status);
            Assert.Equal(type.Status, reply.Json.GetProperty("status").GetInt32());
            Assert.NotEmpty(reply.Json.GetProperty("explanation").GetString()!);
        }

        Assert.Equal(ProblemType.All.Count, ProblemType.All.Select(type => type.Slug).Distinct().Count());
    }

    [Theory]
    [InlineData(true, 503, "unavailable")]
    [InlineData(false, 500, "internal")]
    public async Task A_fault_of_ours_says_nothing_of_its_insides(bool unavailable, int status, string slug)
    {
        var failing = RegistryServer.With(services =>
        {
            services.RemoveAll<IActors>();
            services.AddSingleton<InProcessActors>();
            services.AddSingleton<IActors>(provider => new FailingActors(unavailable, provider.GetRequiredService<InProcessActors>()));
        });
        await failing.InitializeAsync();

        var reply = await failing.Nobody().Get("/license-blocks/lb-x");
        await failing.DisposeAsync();

        reply.IsProblem(status, slug);
        Assert.DoesNotContain("inside", reply.Text, StringComparison.Ordinal);
        Assert.Equal(unavailable, reply.Headers.ContainsKey("Retry-After"));
    }

    // Fails where it is asked, and lets the registry start.
    private sealed class FailingActors(bool unavailable, IActors others) : IActors
    {
        public ILicenseBlock LicenseBlock(string id) =>
            throw (unavailable ? new ActorUnavailableException("inside") : new InvalidOperationException("inside"));

        public IDeposit Deposit(string id) => others.Deposit(id);

        public IArea Area(string id) => others.Area(id);

        public IParty Party(string id) => others.Party(id);

        public ISheet Sheet(SheetId sheet) => others.Sheet(sheet);
    }
}
