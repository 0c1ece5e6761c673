using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests;

/// <summary>Starts silos, each in a process of its own.</summary>
public static class SiloProcess
{
    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Registry.Silo.dll");

    /// <summary>Starts a silo, and waits until it is an active member of the cluster.</summary>
    /// <param name="database">The connection string of the journal and the membership.</param>
    /// <param name="name">Its name in the cluster.</param>
    /// <param name="address">The address by which the others reach it; of the loopback when null.</param>
    /// <param name="settings">More of its environment.</param>
    public static Task<RegistryProcess> Start(
        string database, string name, string? address = null, params (string Name, string Value)[] settings) =>
        RegistryProcess.StartProgram(Program, [.. Settings(database, name, address ?? IPAddress.Loopback.ToString()), .. settings]);

    /// <summary>Starts a silo in a network namespace, and waits until it is an active member of the cluster.</summary>
    public static Task<RegistryProcess> StartIn(
        NetworkNamespace network, string database, string name, params (string Name, string Value)[] settings) => RegistryProcess.StartCommand(
        [.. network.Enter, "dotnet", Program, "--urls", $"http://{network.ToSilos.There}:0"],
        Program,
        [.. Settings($"{database};Host={network.ToDatabase.Here}", name, network.ToSilos.There), .. settings]);

    private static (string Name, string Value)[] Settings(string database, string name, string address)
    {
        var (siloPort, clientPort) = FreePorts();
        return
        [
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("ConnectionStrings__Registry", database),
            ("Registry__AdvertisedAddress", address),
            ("Registry__SiloName", name),
            ("Registry__SiloPort", siloPort.ToString(CultureInfo.InvariantCulture)),
            ("Registry__ClientPort", clientPort.ToString(CultureInfo.InvariantCulture)),
        ];
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
