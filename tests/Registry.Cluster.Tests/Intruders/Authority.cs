using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Registry.Grains.Hosting.Tls;

namespace Registry.Cluster.Tests.Intruders;

/// <summary>An authority that makes certificates, as <c>k8s/make-certificates</c> does.</summary>
public sealed class Authority
{
    public const string Silo = "silo.registry";
    public const string Gateway = "gateway.registry";

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly X509Certificate2 _own;

    public Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Authority {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _own = request.CreateSelfSigned(s_now.AddDays(-10), s_now.AddDays(10));
    }

    /// <summary>Its certificate, in PEM.</summary>
    public string Pem => _own.ExportCertificatePem();

    /// <summary>Makes a certificate, and writes it where a process of the registry looks for it.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="name">The name in it.</param>
    /// <param name="validDays">From now on; negative for one that expired so many days ago.</param>
    /// <param name="file">Under which name the files go.</param>
    /// <param name="believed">The authorities whose certificates its owner believes, in PEM; this one's by default.</param>
    public TlsFiles Write(string directory, string name, int validDays = 5, string? file = null, string? believed = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.Create(_own, s_now.AddDays(-9), s_now.AddDays(validDays), RandomNumberGenerator.GetBytes(16));

        var files = Files(directory, file ?? name);
        File.WriteAllText(files.Certificate, made.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(files.Authority, believed ?? Pem);
        return files;
    }

    /// <summary>The names under which files are written.</summary>
    public static TlsFiles Files(string directory, string file) => new(
        Path.Combine(directory, $"{file}.crt"), Path.Combine(directory, $"{file}.key"), Path.Combine(directory, $"{file}-authority.crt"));

    /// <summary>The settings of a process that goes by such files.</summary>
    public static (string Name, string Value)[] Settings(TlsFiles files) =>
    [
        ("Registry__Tls__Certificate", files.Certificate), ("Registry__Tls__Key", files.Key), ("Registry__Tls__Authority", files.Authority),
    ];
}
