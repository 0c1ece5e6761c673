using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Registry.Actors.Contracts;
using Registry.Actors.Hosting;
using Registry.Core.Ground;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Problems;

public sealed class FaultTests
{
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

        var reply = await failing.Nobody().Get("/license-blocks/lb-00000000000000000000000000");
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

        public IImport Import(string id) => others.Import(id);
    }
}
