using System.Globalization;
using System.Net;

namespace Registry.Cluster.Tests.Intruders;

/// <summary>Where a process of this machine listens, as the kernel has it (<c>ss -ltnp</c>).</summary>
public static class ListeningPorts
{
    // The state TCP_LISTEN in /proc/net/tcp.
    private const string Listen = "0A";

    /// <summary>The ports of TCP at which a process listens, on whatever address.</summary>
    public static IReadOnlyList<int> Of(int process)
    {
        var sockets = Directory.GetFiles($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "").ToHashSet();
        return
        [
            .. from table in new[] { "tcp", "tcp6" }
               from line in File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/net/{table}").Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] == Listen && sockets.Contains($"socket:[{fields[9]}]")
               select int.Parse(fields[1][(fields[1].LastIndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
        ];
    }

    /// <summary>The loopback's end of a port.</summary>
    public static IPEndPoint OnLoopback(int port) => new(IPAddress.Loopback, port);
}
