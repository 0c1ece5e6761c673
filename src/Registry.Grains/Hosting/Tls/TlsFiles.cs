using Microsoft.Extensions.Configuration;
using Registry.Hosting;

namespace Registry.Grains.Hosting.Tls;

/// <summary>
/// Where a silo or a gateway has its certificate, and the authority whose certificates it believes: files in PEM, which are read again when
/// they have changed.
/// </summary>
/// <param name="Certificate"><c>Registry__Tls__Certificate</c>: its own, and after it those between it and the authority, where there are any.</param>
/// <param name="Key"><c>Registry__Tls__Key</c>: the certificate's private key, without a password.</param>
/// <param name="Authority"><c>Registry__Tls__Authority</c>: the certificate of the authority; two, while one takes the other's place.</param>
public sealed record TlsFiles(string Certificate, string Key, string Authority)
{
    /// <summary>Reads the settings.</summary>
    /// <param name="registry">The section <c>Registry</c>.</param>
    /// <returns>The files; null where none is named, and the process is to go without TLS.</returns>
    /// <exception cref="SettingException">Some are named, and not all.</exception>
    public static TlsFiles? Read(IConfiguration registry)
    {
        var section = registry.GetSection("Tls");
        return (section[nameof(Certificate)], section[nameof(Key)], section[nameof(Authority)]) switch
        {
            (null or "", null or "", null or "") => null,
            ({ Length: > 0 } certificate, { Length: > 0 } key, { Length: > 0 } authority) => new TlsFiles(certificate, key, authority),
            _ => throw new SettingException(
                "Registry__Tls__Certificate, Registry__Tls__Key and Registry__Tls__Authority belong together; at least one of them is missing."),
        };
    }
}
