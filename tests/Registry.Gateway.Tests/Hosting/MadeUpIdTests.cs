using Microsoft.Extensions.DependencyInjection;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Hosting;

/// <summary>Who makes up ids, and who files what is refused, fills neither the table of activations nor the memory.</summary>
[Collection(Alone)]
public sealed class MadeUpIdTests(RegistryServer server) : IClassFixture<RegistryServer>
{
    internal const string Alone = "alone in the process, whose memory is measured";

    // Enough that the leavings of each would show: an activation that stays is 3 kB.
    private const int Warm = 3_000;
    private const int Requests = 12_000;
    private const int AtOnce = 16;
    private const long MostBytes = 500 * Requests;

    // What a busy machine takes for it is a fraction.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private int _made;

    [Fact]
    public async Task Memory_is_flat_and_no_activation_stays()
    {
        var taken = Bodies.FreshCells(1)[0];
        await server.ApplicantA().Apply(taken);
        var before = await ActivationsOfObjects();
        await Ask(Warm, taken);
        await UntilThereAre(before);
        var bytes = Settled();

        await Ask(Requests, taken);

        await UntilThereAre(before);
        Assert.InRange(Settled() - bytes, long.MinValue, MostBytes);
    }

    private Task Ask(int count, string taken)
    {
        var clients = Enumerable.Range(0, AtOnce).Select(_ => (Nobody: server.Nobody(), Applicant: server.ApplicantB(), Registrar: server.Registrar())).ToArray();
        return Task.WhenAll(clients.Select(async client =>
        {
            for (var i = 0; i < count / AtOnce; i++)
            {
                var id = MakeUp();
                var (status, reply) = (i % 10) switch
                {
                    0 => (404, await client.Nobody.Get($"/license-blocks/lb-{id}")),
                    1 => (404, await client.Nobody.Get($"/deposits/dep-{id}")),
                    2 => (404, await client.Nobody.Get($"/areas/area-{id}")),
                    3 => (404, await client.Nobody.Get($"/parties/party-{id}")),
                    4 => (404, await client.Nobody.Get($"/collections/license-blocks/items/lb-{id}")),
                    5 => (404, await client.Nobody.Get($"/license-blocks/lb-{id}{new string('y', 3_000)}")),
                    6 => (404, await client.Applicant.Post($"/license-blocks/lb-{id}/withdraw", null, ifMatch: "*")),
                    7 => (404, await client.Nobody.Get($"/license-blocks/lb-{id}/history")),
                    8 => (409, await client.Applicant.Post("/license-blocks", Bodies.Application(taken), idempotencyKey: id)),
                    _ => (422, await client.Registrar.Post(
                        "/license-blocks",
                        $$"""{"kind":"exploration","cells":["{{taken}}"],"commodities":["lithium"],"holder":"party-{{id}}"}""")),
                };
                Assert.True(reply.Status == status, $"{reply.Status} {reply.Text}");
            }
        }));
    }

    // The digits of a number are digits of Crockford's base 32 too.
    private string MakeUp() => Interlocked.Increment(ref _made).ToString("D26", System.Globalization.CultureInfo.InvariantCulture);

    private async Task UntilThereAre(int activations)
    {
        using var late = new CancellationTokenSource(Limit);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ActivationsOfObjects() is var count && count != activations)
        {
            Assert.True(!late.IsCancellationRequested, $"There are {count} activations; {activations} were expected.");
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<int> ActivationsOfObjects()
    {
        var counts = await server.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        return counts.Where(count => count.GrainType.Contains("Registry.Grains.", StringComparison.Ordinal)
            && !count.GrainType.Contains("Sheet", StringComparison.Ordinal)).Sum(count => count.ActivationCount);
    }

    internal static long Settled()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    /// <summary>Other tests' registries would be measured with it.</summary>
    [CollectionDefinition(Alone, DisableParallelization = true)]
    public sealed class AloneInTheProcess;
}
