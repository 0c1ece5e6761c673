using Registry.Core.Law;
using Registry.Gateway.Origins;
using Registry.Grains.Hosting.Tls;
using Registry.Hosting;
using Registry.Sample;

namespace Registry.Gateway.Hosting;

/// <summary>What the operator sets: <c>Registry__...</c> in the environment, or <c>--Registry:...</c> on the command line.</summary>
/// <param name="DataDirectory">Where the journal lies; made when it is not there.</param>
/// <param name="Sample">Which sample country to register into a journal that has none; null for none.</param>
/// <param name="Regime">The law.</param>
/// <param name="Postgres">The connection string of the cluster's database; null for a registry that is this process alone.</param>
public sealed record RegistrySettings(string DataDirectory, SampleSize? Sample, Regime Regime, string? Postgres)
{
    /// <summary>
    /// <c>Registry__DrainSeconds</c>: how long a gateway of a cluster serves on after it was asked to end; see <c>Draining</c>.
    /// </summary>
    public TimeSpan Drain { get; init; }

    /// <summary>
    /// <c>Registry__PublicUrl</c>: the address under which the registry is known, with which every link begins, whatever a request's header
    /// Host says; null for the address of each request.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The certificates by which a gateway of a cluster proves itself to silos; null for plain connections.</summary>
    public TlsCertificates? Tls { get; init; }

    /// <summary>
    /// <c>Registry__Dashboard</c>: where the silos of a cluster show their dashboard, for the landing page; null for nowhere that it may tell.
    /// Ends with a slash.
    /// </summary>
    public Uri? Dashboard { get; init; }

    /// <summary><c>Registry__Cors</c>: which pages of other origins may ask.</summary>
    public required OriginSettings Cors { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One is not among what it may be.</exception>
    public static RegistrySettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Registry");
        var sample = section["Sample"] ?? "none";
        return new RegistrySettings(
            section["DataDirectory"] is { Length: > 0 } directory ? directory : ".data",
            sample switch
            {
                "none" => null,
                "kazakhstan" => SampleSize.Country,
                _ => throw new SettingException($"Registry__Sample is '{sample}'; none or kazakhstan was expected."),
            },
            SharedSettings.Law(section),
            (section["Cluster"] ?? "single") switch
            {
                "single" => null,
                "postgres" => configuration.GetConnectionString("Registry") ?? throw new SettingException(
                    "Registry__Cluster is postgres, and ConnectionStrings__Registry does not say where it is."),
                var other => throw new SettingException($"Registry__Cluster is '{other}'; single or postgres was expected."),
            })
        {
            Cors = OriginSettings.Read(section["Cors"]),
            Dashboard = section["Dashboard"] is { Length: > 0 } dashboard ? DashboardOf(dashboard) : null,
            Drain = SharedSettings.Drain(section),
            PublicUrl = section["PublicUrl"] is { Length: > 0 } address ? ReadPublicUrl(address) : null,
            Tls = TlsCertificates.Find(section),
        };
    }

    private static Uri DashboardOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && text.EndsWith('/')
            ? address
            : throw new SettingException($"Registry__Dashboard is '{text}'; an address such as http://127.0.0.1:5081/dashboard/ was expected.");

    private static Uri ReadPublicUrl(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { Query: "", Fragment: "", UserInfo: "" }
            ? url
            : throw new SettingException($"Registry__PublicUrl is '{address}'; an address such as https://cadastre.example/ogc was expected.");
}
