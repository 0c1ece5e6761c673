using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Registry.Core.Law;
using Registry.Grains.Hosting.Tls;
using Registry.Hosting;

namespace Registry.Silo.Hosting;

/// <summary>What the operator sets, in the environment or on the command line.</summary>
/// <param name="ConnectionString"><c>ConnectionStrings__Registry</c>: the database of the journal and of the cluster's membership.</param>
/// <param name="SiloPort"><c>Registry__SiloPort</c>: where other silos reach this one.</param>
/// <param name="ClientPort"><c>Registry__ClientPort</c>: where gateways reach it.</param>
/// <param name="Address">
/// <c>Registry__AdvertisedAddress</c>: the address that others reach it by, a pod's in Kubernetes, or a name that stands for it. The silo
/// listens there only.
/// </param>
/// <param name="Name"><c>Registry__SiloName</c>: stable over restarts, so that its sheets come back to it; the host's name by default.</param>
/// <param name="Drain"><c>Registry__DrainSeconds</c>: how long it serves on after it was asked to end; see <see cref="Draining"/>.</param>
/// <param name="Regime">The law, from <c>Registry__Regime</c>.</param>
/// <param name="Tls">Its certificates; null for plain connections.</param>
internal sealed record SiloSettings(
    string ConnectionString, int SiloPort, int ClientPort, IPAddress Address, string Name, TimeSpan Drain, Regime Regime, TlsCertificates? Tls);

/// <summary>Reads the settings.</summary>
internal static class SiloSettingsReading
{
    /// <exception cref="SettingException">One is missing, or not among what it may be.</exception>
    public static SiloSettings AddSettings(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Registry");
        var settings = new SiloSettings(
            builder.Configuration.GetConnectionString("Registry") ?? throw new SettingException("ConnectionStrings__Registry does not say where the database is."),
            Port(section, "SiloPort", 11111),
            Port(section, "ClientPort", 30000),
            Address(section["AdvertisedAddress"]),
            section["SiloName"] ?? Environment.MachineName,
            SharedSettings.Drain(section),
            SharedSettings.Law(section),
            TlsCertificates.Find(section));
        RequireLoopback(builder.Environment, settings.Address);
        RequireTls(settings, section["WithoutTls"] ?? "false");
        builder.Services.AddSingleton(settings);
        return settings;
    }

    private static int Port(IConfiguration section, string name, int otherwise) => section[name] is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port
        : throw new SettingException($"Registry__{name} is '{text}'; a port was expected.");

    // In development everybody who reaches a silo moves its clock.
    private static void RequireLoopback(IHostEnvironment environment, IPAddress address)
    {
        if (environment.IsDevelopment() && !IPAddress.IsLoopback(address))
        {
            throw new SettingException(
                $"In the Development environment a silo may be reached on loopback only, not on {address}. "
                + "Set ASPNETCORE_ENVIRONMENT=Production, or Registry__AdvertisedAddress=127.0.0.1.");
        }
    }

    // Whoever reaches the ports of a silo without TLS may do everything.
    private static void RequireTls(SiloSettings settings, string withoutTls)
    {
        if (!bool.TryParse(withoutTls, out var isWithout))
            throw new SettingException($"Registry__WithoutTls is '{withoutTls}'; true or false was expected.");
        if (settings.Tls is null && !isWithout && !IPAddress.IsLoopback(settings.Address))
        {
            throw new SettingException(
                $"Whoever reaches {settings.Address} could take part in the cluster: the silo listens there without TLS. Set "
                + "Registry__Tls__Certificate, Registry__Tls__Key and Registry__Tls__Authority, or Registry__WithoutTls=true where nobody else "
                + "reaches that network.");
        }
    }

    private static IPAddress Address(string? text)
    {
        if (text is null)
            return Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;
        try
        {
            // An address stands for itself.
            return Dns.GetHostAddresses(text).MinBy(address => address.AddressFamily) ?? throw new SocketException((int)SocketError.HostNotFound);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new SettingException($"Registry__AdvertisedAddress is '{text}'; an IP address or a name that has one was expected: {fault.Message}");
        }
    }
}
