using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core.Countries;
using Registry.Grains.Hosting;
using Registry.Grains.Hosting.Tls;
using Registry.Storage.InMemory;

namespace Registry.Cluster.Tests.Intruders;

/// <summary>
/// A program of a stranger with the registry's own assemblies, in this process: a silo or a client of Orleans that wants to take part in
/// somebody else's cluster.
/// </summary>
public sealed class Rogue : IAsyncDisposable
{
    // A silo asks for so long to be let in, before it gives up by itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly IHost _host;
    private readonly bool _isSilo;

    private Rogue(IHost host, bool isSilo) => (_host, _isSilo) = (host, isSilo);

    /// <summary>What it calls the registry's actors by.</summary>
    public IActors Actors => _host.Services.GetRequiredService<IActors>();

    /// <summary>A silo that asks another silo, at one of its ports, for the cluster's members.</summary>
    public static Rogue SiloBeside(IPEndPoint silo) => Silo(builder => builder.UseLocalhostClustering(
        FreePort(), gatewayPort: 0, silo, ClusterName.Registry, ClusterName.Registry));

    /// <summary>A silo that even writes itself into the table of the cluster's members.</summary>
    /// <param name="database">Where the table is.</param>
    /// <param name="files">Its certificate; null for plain connections.</param>
    /// <param name="address">Where others reach it; on loopback when null.</param>
    public static Rogue SiloIn(string database, TlsFiles? files, IPAddress? address = null) => Silo(builder =>
    {
        builder.InPostgres(database).ConfigureEndpoints(address ?? IPAddress.Loopback, FreePort(), FreePort());
        if (files is not null)
            builder.UseMutualTls(TlsCertificates.Read(files));
    });

    /// <summary>A client that knows the port of a silo.</summary>
    /// <param name="port">The port.</param>
    /// <param name="files">Its certificate; null for plain connections.</param>
    public static Rogue Client(IPEndPoint port, TlsFiles? files = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client =>
        {
            client.AddRegistry()
                .UseStaticClustering(port)
                // Who was refused once goes away.
                .UseConnectionRetryFilter((_, _) => Task.FromResult(false))
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (ClusterName.Registry, ClusterName.Registry));
            if (files is not null)
                client.UseMutualTls(TlsCertificates.Read(files));
        });
        return new Rogue(builder.Build(), isSilo: false);
    }

    /// <summary>Tries to take part.</summary>
    /// <returns>Whether it was let in.</returns>
    public async Task<bool> GetsIn()
    {
        try
        {
            await _host.StartAsync().WaitAsync(Deadline.OfAStep);
            return true;
        }
        catch (Exception fault) when (fault is not TimeoutException || fault is OrleansException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var late = new CancellationTokenSource(Deadline.OfAStep);
        try
        {
            await _host.StopAsync(late.Token);
        }
        catch (Exception fault) when (fault is OrleansException or OperationCanceledException or AggregateException or InvalidOperationException)
        {
            // One that was never let in cannot take its leave either.
        }

        // Orleans 10.4.2 goes on looking for changes of a membership that was disposed, as fast as a core can, in a silo that was not let in
        // (LocalGrainDirectory.ProcessMembershipUpdates). Left as it is it waits.
        if (!_isSilo)
            _host.Dispose();
    }

    private static Rogue Silo(Action<ISiloBuilder> join)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(Regimes.Find("kz")!);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IJournal>(new InMemoryJournal(TimeProvider.System));
        builder.Services.AddSingleton<IFatalErrorHandler, ThrownOut>();
        builder.UseOrleans(silo =>
        {
            silo.AddRegistry().Configure<ClusterMembershipOptions>(options => options.MaxJoinAttemptTime = Patience);
            join(silo);
        });
        return new Rogue(builder.Build(), isSilo: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    // Whom the others have declared dead ends its process by Orleans's own handler, and this process is the test's.
    private sealed class ThrownOut : IFatalErrorHandler
    {
        public bool IsUnexpected(Exception exception) => true;

        public void OnFatalException(object? sender, string? context, Exception? exception)
        {
        }
    }
}
