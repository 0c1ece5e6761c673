using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests;

/// <summary>Starts silos, each in a process of its own.</summary>
public static class SiloProcess
{
    /// <summary>Starts a silo, and waits until it is an active member of the cluster.</summary>
    /// <param name="database">The connection string of the journal and the membership.</param>
    /// <param name="name">Its name in the cluster.</param>
    public static Task<RegistryProcess> Start(string database, string name)
    {
        var (siloPort, clientPort) = FreePorts();
        return RegistryProcess.StartProgram(
            Path.Combine(AppContext.BaseDirectory, "Registry.Silo.dll"),
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ConnectionStrings__Registry", database),
            ("Registry__AdvertisedAddress", IPAddress.Loopback.ToString()),
            ("Registry__SiloName", name),
            ("Registry__SiloPort", siloPort.ToString(CultureInfo.InvariantCulture)),
            ("Registry__ClientPort", clientPort.ToString(CultureInfo.InvariantCulture)));
    }

    // Both are held until both are known, so that they differ.
    private static (int Silo, int Client) FreePorts()
    {
        using var silo = new TcpListener(IPAddress.Loopback, 0);
        using var client = new TcpListener(IPAddress.Loopback, 0);
        silo.Start();
        client.Start();
        return (((IPEndPoint)silo.LocalEndpoint).Port, ((IPEndPoint)client.LocalEndpoint).Port);
    }
}
