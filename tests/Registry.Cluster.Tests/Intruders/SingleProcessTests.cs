using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Countries;
using Registry.Core.Titles;
using Registry.Gateway.Tests.Acceptance;
using Registry.Grains.Hosting;
using Registry.Storage.InMemory;
using Request = Registry.Actors.Contracts.Request;

namespace Registry.Cluster.Tests.Intruders;

/// <summary>The registry as one process, and other processes of its machine that want a part in it.</summary>
public sealed class SingleProcessTests(SingleProcessTests.OneProcess one) : IClassFixture<SingleProcessTests.OneProcess>
{
    private readonly RegistryProcess _registry = one.Registry;

    // The ports that a silo has by default are tried too, which others may listen at on a developer's machine: they are not the registry's.
    private IEnumerable<int> Doors => ListeningPorts.Of(_registry.Id).Append(11111).Append(30000);

    [Fact]
    public void It_listens_for_HTTP_and_for_nothing_else() => Assert.Equal([_registry.Address.Port], ListeningPorts.Of(_registry.Id));

    [Fact(Timeout = Deadline.OfATest)]
    public async Task A_silo_of_a_stranger_does_not_get_in()
    {
        foreach (var door in Doors)
        {
            await using var rogue = Rogue.SiloBeside(ListeningPorts.OnLoopback(door));
            Assert.False(await rogue.GetsIn(), $"A silo got in through port {door}.");
        }
    }

    [Fact(Timeout = Deadline.OfATest)]
    public async Task A_client_of_a_stranger_does_not_get_in()
    {
        foreach (var door in Doors)
        {
            await using var rogue = Rogue.Client(ListeningPorts.OnLoopback(door));
            Assert.False(await rogue.GetsIn(), $"A client got in through port {door}.");
        }
    }

    [Fact(Timeout = Deadline.OfATest)]
    public async Task Bytes_that_are_not_HTTP_are_refused_and_the_registry_goes_on()
    {
        foreach (var length in new[] { 1, 4096, 1 << 20 })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(ListeningPorts.OnLoopback(_registry.Address.Port));
            var bytes = RandomNumberGenerator.GetBytes(length);
            // Neither a method of HTTP nor an end of line: what a frame of Orleans may begin with.
            bytes[0] = 0;
            var stream = socket.GetStream();
            try
            {
                await stream.WriteAsync(bytes);
                socket.Client.Shutdown(SocketShutdown.Send);
                var answer = new byte[64];
                var read = await stream.ReadAsync(answer).AsTask().WaitAsync(Deadline.OfAStep);
                Assert.True(read == 0 || Encoding.ASCII.GetString(answer).StartsWith("HTTP/1.1 400", StringComparison.Ordinal));
            }
            catch (Exception fault) when (fault is IOException or SocketException)
            {
                // Closed before all of it was sent.
            }
        }

        using var client = _registry.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void The_log_of_its_first_start_fits_on_a_screen() => Assert.InRange(_registry.LinesOfStart, 1, StartLog.MostLines);

    // So that the silo above is not refused for a fault of its own: it gets into one that listens, and grants there.
    [Fact(Timeout = Deadline.OfATest)]
    public async Task The_same_silo_gets_into_one_that_listens()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Regimes.Find("kz")!);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IJournal>(new InMemoryJournal(TimeProvider.System));
        builder.UseOrleans(silo => silo.AddRegistry()
            .UseLocalhostClustering(port, gatewayPort: 0, serviceId: ClusterName.Registry, clusterId: ClusterName.Registry));
        using var host = builder.Build();
        await host.StartAsync();

        await using (var rogue = Rogue.SiloBeside(ListeningPorts.OnLoopback(port)))
        {
            Assert.True(await rogue.GetsIn());
            var request = new Request(Guid.NewGuid().ToString("N"), new Caller("rogue", Role.Registrar));
            // There is no such license block; that the answer says so is what a stranger must not get.
            Assert.NotNull((await rogue.Actors.LicenseBlock("lb-none").Carry(request, new Grant())).Refusal);
        }

        await host.StopAsync();
    }

    /// <summary>One registry for all tests here: none of them changes it.</summary>
    public sealed class OneProcess : IAsyncLifetime
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-test-");

        public RegistryProcess Registry { get; private set; } = null!;

        // With the sample country, and so with thousands of activations at its first start.
        public async Task InitializeAsync() =>
            Registry = await RegistryProcess.Start(_directory.FullName, ("DOTNET_TC_QuickJit", "1"), ("Registry__Sample", "kazakhstan"));

        public async Task DisposeAsync()
        {
            await Registry.DisposeAsync();
            _directory.Delete(recursive: true);
        }
    }
}
