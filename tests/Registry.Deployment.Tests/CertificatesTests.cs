using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests;

/// <summary>k8s/make-certificates, run for real, and where its files are looked for.</summary>
public sealed class CertificatesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("registry-certificates-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory]
    [InlineData("silo", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")]
    [InlineData("gateway", "1.3.6.1.5.5.7.3.2")]
    public void A_role_gets_a_certificate_with_its_name_for_its_side_of_a_connection(string role, params string[] usages)
    {
        Make();
        using var made = X509Certificate2.CreateFromPemFile(PathOf(role, "tls.crt"), PathOf(role, "tls.key"));
        using var authority = X509CertificateLoader.LoadCertificateFromFile(PathOf(role, "ca.crt"));

        Assert.Equal([$"{role}.registry"], made.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Equal(usages, made.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value));
        Assert.InRange(made.NotAfter, DateTime.Now.AddDays(360), DateTime.Now.AddDays(370));
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(made));
    }

    [Fact]
    public void Another_run_renews_the_certificates_and_keeps_the_authority()
    {
        Make();
        var (authority, silo) = (File.ReadAllText(PathOf("authority.crt")), File.ReadAllText(PathOf("silo", "tls.crt")));
        Make();
        Assert.Equal(authority, File.ReadAllText(PathOf("authority.crt")));
        Assert.Equal(authority, File.ReadAllText(PathOf("silo", "ca.crt")));
        Assert.NotEqual(silo, File.ReadAllText(PathOf("silo", "tls.crt")));
    }

    // Containers read the keys as a user of their own, which this machine may not have.
    [Fact]
    [SupportedOSPlatform("linux")]
    public void Nobody_else_on_the_machine_comes_near_the_keys()
    {
        Make();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(PathOf()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("authority.key")));
    }

    [Fact]
    public void Compose_and_Kubernetes_look_where_the_files_are()
    {
        Dictionary<string, string> files = new()
        {
            ["Registry__Tls__Certificate"] = "/certificates/tls.crt",
            ["Registry__Tls__Key"] = "/certificates/tls.key",
            ["Registry__Tls__Authority"] = "/certificates/ca.crt",
        };
        var (compose, kubernetes) = (Repository.Read("docker-compose.yml"), Repository.Read("k8s", "base", "kustomization.yaml"));
        Assert.All(files, file =>
        {
            Assert.Contains($"  {file.Key}: {file.Value}\n", compose, StringComparison.Ordinal);
            Assert.Contains($"      - {file.Key}={file.Value}\n", kubernetes, StringComparison.Ordinal);
        });
    }

    private string PathOf(params string[] parts) => Path.Combine([_directory.FullName, "made", .. parts]);

    private void Make()
    {
        var answer = Command.Run("bash", "k8s/make-certificates", PathOf())!;
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }
}
