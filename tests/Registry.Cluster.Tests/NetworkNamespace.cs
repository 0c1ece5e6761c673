using System.Diagnostics;
using System.Globalization;

namespace Registry.Cluster.Tests;

/// <summary>
/// A network namespace of Linux for one silo, with two wires to the rest of the machine: one to the other silos and the gateway, one to
/// the database. Each can be cut by itself: what is sent over it is lost then, both ways, and connections stay as they were.
/// </summary>
public sealed class NetworkNamespace : IAsyncDisposable
{
    private static readonly Lazy<string?> Obstacle = new(FindObstacle);

    private readonly string _name;

    private NetworkNamespace(string name, Wire toSilos, Wire toDatabase) => (_name, ToSilos, ToDatabase) = (name, toSilos, toDatabase);

    /// <summary>Why there can be none here; null when there can.</summary>
    public static string? WhyNot => Obstacle.Value;

    /// <summary>The wire to the other silos and the gateway.</summary>
    public Wire ToSilos { get; }

    /// <summary>The wire to the database.</summary>
    public Wire ToDatabase { get; }

    /// <summary>The command that runs another in the namespace.</summary>
    public IReadOnlyList<string> Enter => ["ip", "netns", "exec", _name];

    /// <summary>Makes one.</summary>
    public static async Task<NetworkNamespace> Create()
    {
        // By chance, so that two runs of the tests on one machine do not meet.
        var (second, third) = (Random.Shared.Next(64, 250), Random.Shared.Next(0, 250));
        var name = string.Create(CultureInfo.InvariantCulture, $"rg{second}-{third}");
        var network = new NetworkNamespace(name, WireOf("s", third), WireOf("d", third + 1));
        await Ip("netns", "add", name);
        try
        {
            await Ip("-n", name, "link", "set", "lo", "up");
            await network.Lay(network.ToSilos);
            await network.Lay(network.ToDatabase);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        Wire WireOf(string kind, int net) => new(
            $"{name}{kind}",
            string.Create(CultureInfo.InvariantCulture, $"10.{second}.{net}.1"), string.Create(CultureInfo.InvariantCulture, $"10.{second}.{net}.2"));
    }

    /// <summary>Cuts a wire.</summary>
    public Task Cut(Wire wire) => Ip("-n", _name, "link", "set", wire.Name, "down");

    /// <summary>Mends a wire that was cut.</summary>
    public Task Mend(Wire wire) => Ip("-n", _name, "link", "set", wire.Name, "up");

    /// <summary>Removes it, and with it its wires.</summary>
    public async ValueTask DisposeAsync() => await Ip("netns", "delete", _name);

    private async Task Lay(Wire wire)
    {
        await Ip("link", "add", wire.Name, "type", "veth", "peer", "name", wire.Name, "netns", _name);
        await Ip("address", "add", $"{wire.Here}/30", "dev", wire.Name);
        await Ip("link", "set", wire.Name, "up");
        await Ip("-n", _name, "address", "add", $"{wire.There}/30", "dev", wire.Name);
        await Ip("-n", _name, "link", "set", wire.Name, "up");
    }

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            return "Network namespaces need Linux and root.";
        try
        {
            Create().GetAwaiter().GetResult().DisposeAsync().AsTask().GetAwaiter().GetResult();
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"Network namespaces cannot be made here: {fault.Message}";
        }
    }

    private static async Task Ip(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {said.Trim()}");
    }

    /// <summary>A wire.</summary>
    /// <param name="Name">Its name, at both ends.</param>
    /// <param name="Here">The address of its end outside the namespace.</param>
    /// <param name="There">The address of its end inside.</param>
    public sealed record Wire(string Name, string Here, string There);
}
