using System.Globalization;
using System.Net;
using Registry.Hosting;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Limits;

/// <summary>How much one caller may ask of this process, and all of them together: <c>Registry__Limits__...</c></summary>
/// <remarks>
/// The bounds of one caller that count requests, refused keys and connections hold where <see cref="Enabled"/> is: not in development,
/// which listens on loopback only, and where a trial of a hundred thousand requests has one address. The other bounds always hold.
/// </remarks>
public sealed record LimitSettings
{
    /// <summary><c>Enabled</c>: whether requests, refused keys and connections of one caller are limited; everywhere but in development by default.</summary>
    public required bool Enabled { get; init; }

    /// <summary><c>RequestsPerKey</c>: how many requests one key may send, a second, in the long run.</summary>
    public required int RequestsPerKey { get; init; }

    /// <summary><c>RequestsPerAddress</c>: how many requests without a key one client's address may send, a second, in the long run.</summary>
    public required int RequestsPerAddress { get; init; }

    /// <summary><c>BurstSeconds</c>: the requests of how many seconds may come at once.</summary>
    public required int BurstSeconds { get; init; }

    /// <summary><c>RefusedKeysPerAddress</c>: how many keys that are not in force one client's address may try, a minute.</summary>
    public required int RefusedKeysPerAddress { get; init; }

    /// <summary><c>Connections</c>: how many connections are open at once.</summary>
    public required int Connections { get; init; }

    /// <summary><c>ConnectionsPerAddress</c>: how many of them one address has, if it is no proxy that is trusted.</summary>
    public required int ConnectionsPerAddress { get; init; }

    /// <summary><c>Streams</c>: how many streams of server-sent events are open at once.</summary>
    public required int Streams { get; init; }

    /// <summary><c>StreamsPerCaller</c>: how many of them one caller has.</summary>
    public required int StreamsPerCaller { get; init; }

    /// <summary><c>Uploads</c>: how many files of imports are taken in at once. Each takes up to 64 MiB of <c>/tmp</c>.</summary>
    public required int Uploads { get; init; }

    /// <summary><c>UploadsPerCaller</c>: how many of them one caller sends.</summary>
    public required int UploadsPerCaller { get; init; }

    /// <summary><c>UploadSeconds</c>: how long one file may take to arrive.</summary>
    public required TimeSpan UploadTime { get; init; }

    /// <summary><c>Registry__TrustedProxies</c>: the networks whose <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c> and <c>-Prefix</c> are believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary>Whether an address is a trusted proxy's.</summary>
    public bool IsTrusted(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return TrustedProxies.Any(network => network.Contains(plain));
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One is not among what it may be.</exception>
    public static LimitSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Registry:Limits");
        return new LimitSettings
        {
            Enabled = (section["Enabled"] ?? "") switch
            {
                "" => !environment.IsDevelopment(),
                var text => bool.TryParse(text, out var enabled) ? enabled : throw new SettingException(
                    $"Registry__Limits__Enabled is '{text}'; true or false was expected."),
            },
            RequestsPerKey = Count(section, "RequestsPerKey", 500),
            RequestsPerAddress = Count(section, "RequestsPerAddress", 200),
            BurstSeconds = Count(section, "BurstSeconds", 5),
            RefusedKeysPerAddress = Count(section, "RefusedKeysPerAddress", RefusedKeys.Usual),
            Connections = Count(section, "Connections", 8192),
            ConnectionsPerAddress = Count(section, "ConnectionsPerAddress", 512),
            Streams = Count(section, "Streams", 256),
            StreamsPerCaller = Count(section, "StreamsPerCaller", 8),
            Uploads = Count(section, "Uploads", 4),
            UploadsPerCaller = Count(section, "UploadsPerCaller", 2),
            UploadTime = TimeSpan.FromSeconds(Count(section, "UploadSeconds", 900)),
            TrustedProxies = Networks(configuration["Registry:TrustedProxies"] ?? ""),
        };
    }

    private static int Count(IConfiguration section, string name, int otherwise) => section[name] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000 ? count
        : throw new SettingException($"Registry__Limits__{name} is '{text}'; a whole number from 1 to 1000000 was expected.");

    private static List<IPNetwork> Networks(string text) =>
        [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)];

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new SettingException(
                $"Registry__TrustedProxies names '{text}'; addresses and networks such as 10.0.0.7, 10.1.0.0/16 or fd00::/8 were expected.");
    }
}
