using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests;

/// <summary>Starts silos, each in a process of its own.</summary>
public static class SiloProcess
{
    private const int MostRestarts = 2;

    // What Orleans says then.
    private const string DeclaredDead = "I have been told I am dead";

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Registry.Silo.dll");

    /// <summary>Starts a silo, and waits until it is an active member of the cluster.</summary>
    /// <param name="database">The connection string of the journal and the membership.</param>
    /// <param name="name">Its name in the cluster.</param>
    /// <param name="address">The address by which the others reach it; of the loopback when null.</param>
    public static Task<RegistryProcess> Start(string database, string name, string? address = null) => UntilItStays(
        () => RegistryProcess.StartProgram(Program, Settings(database, name, address ?? IPAddress.Loopback.ToString())));

    /// <summary>Starts a silo in a network namespace, and waits until it is an active member of the cluster.</summary>
    public static Task<RegistryProcess> StartIn(NetworkNamespace network, string database, string name) => UntilItStays(
        () => RegistryProcess.StartCommand(
            [.. network.Enter, "dotnet", Program, "--urls", $"http://{network.ToSilos.There}:0"],
            Program,
            Settings($"{database};Host={network.ToDatabase.Here}", name, network.ToSilos.There)));

    // A silo that gets no turn for long enough is declared dead by the others, and ends. In a deployment Kubernetes or Compose starts it
    // again; here a machine that runs other things meanwhile is no reason to fail.
    private static async Task<RegistryProcess> UntilItStays(Func<Task<RegistryProcess>> start)
    {
        for (var restarts = 0; ; restarts++)
        {
            try
            {
                return await start();
            }
            catch (InvalidOperationException fault)
                when (restarts < MostRestarts && fault.Message.Contains(DeclaredDead, StringComparison.Ordinal))
            {
                // With ports of its own again.
            }
        }
    }

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
