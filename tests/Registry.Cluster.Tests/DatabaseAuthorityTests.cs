using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Registry.Gateway.Tests.Acceptance;
using Registry.Storage.Postgres;
using Registry.Storage.Tests.Postgres;

namespace Registry.Cluster.Tests;

/// <summary>
/// A database whose certificate a private authority signed: silos, gateways and the command line are told of the authority in the
/// connection string, as docs/operating.md says, and trust nobody else.
/// </summary>
public sealed class DatabaseAuthorityTests : IAsyncLifetime, IDisposable
{
    // Of the loopback, and of this process alone: its port is PostgreSQL's own.
    private static readonly string Address = $"127.{1 + (Environment.ProcessId >> 8) % 254}.{Environment.ProcessId & 255}.9";

    private readonly TemporaryDirectory _directory = new();
    private PostgresServer? _postgres;

    public async Task InitializeAsync()
    {
        if (PostgresServer.WhyNot is not null)
            return;
        _postgres = await PostgresServer.StartNew();
        var database = await _postgres.EmptyDatabase();
        using var authority = Authority("the database's");
        using var another = Authority("another");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Certificate(authority, key);
        await File.WriteAllTextAsync(PathOf("right.crt"), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(PathOf("wrong.crt"), another.ExportCertificatePem());
        await File.WriteAllTextAsync(PathOf("both.crt"), $"{another.ExportCertificatePem()}\n{authority.ExportCertificatePem()}\n");
        await SpeakTls(database.Split(';')[0]["Host=".Length..], certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        await _postgres.Restart();
    }

    public async Task DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }

    public void Dispose() => _directory.Dispose();

    [PostgresFact]
    public async Task A_silo_and_a_gateway_that_know_the_authority_serve()
    {
        await using var silo = await SiloProcess.Start(Database("right.crt"), "silo-1");
        await using var gateway = await RegistryProcess.Start(
            _directory.Path, ("Registry__Cluster", "postgres"), ("ConnectionStrings__Registry", Database("right.crt")));
        using var applicant = gateway.Applicant();
        using var applied = await applicant.Apply("one", ["M-44-86-(10в-5а-12)"]);
        Assert.Equal(HttpStatusCode.Created, applied.StatusCode);
    }

    [PostgresFact]
    public async Task While_the_authority_changes_the_file_may_hold_both() =>
        await (await PostgresJournal.Open(Database("both.crt"), TimeProvider.System)).DisposeAsync();

    [PostgresTheory]
    [InlineData(";Root Certificate=", "wrong.crt")]
    [InlineData("", "")]
    public async Task A_database_whose_authority_is_not_known_is_not_spoken_to(string setting, string file)
    {
        var told = setting.Length == 0 ? "" : setting + PathOf(file);
        Exception fault;
        var since = Stopwatch.StartNew();
        do
            fault = await Assert.ThrowsAnyAsync<Exception>(() => PostgresJournal.Open(Database() + told, TimeProvider.System));
        // A busy machine may take longer for the certificate than the registry waits for a connection.
        while (Causes(fault).Any(cause => cause is TimeoutException) && since.Elapsed < Deadline.OfAStep);
        Assert.Contains(Causes(fault), cause => cause is AuthenticationException);
    }

    // The server's directory is where its socket is. It takes connections at the address with TLS only.
    private static async Task SpeakTls(string directory, string certificate, string key)
    {
        var (settings, certificateFile, keyFile) = ($"{directory}/postgresql.conf", $"{directory}/server.crt", $"{directory}/server.key");
        await File.WriteAllTextAsync(certificateFile, certificate);
        await File.WriteAllTextAsync(keyFile, key);
        // To whoever the server runs as, and to nobody else.
        using var owner = Process.Start("sh", ["-c", "chmod 600 \"$2\" && chown --reference \"$0\" \"$1\" \"$2\"", settings, certificateFile, keyFile]);
        await owner.WaitForExitAsync();
        Assert.Equal(0, owner.ExitCode);
        await File.AppendAllTextAsync(settings, $"\nlisten_addresses = '{Address}'\nssl = on\n");
        await File.AppendAllTextAsync($"{directory}/pg_hba.conf", "\nhostssl all all 127.0.0.0/8 trust\n");
    }

    private string Database(string file) => $"{Database()};Root Certificate={PathOf(file)}";

    private static string Database() => $"Host={Address};Username=postgres;Database=registry;SSL Mode=VerifyFull;Maximum Pool Size=10";

    private string PathOf(string file) => Path.Combine(_directory.Path, file);

    private static IEnumerable<Exception> Causes(Exception fault)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name} authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
    }

    private static X509Certificate2 Certificate(X509Certificate2 authority, ECDsa key)
    {
        var request = new CertificateRequest("CN=database", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(Address));
        request.CertificateExtensions.Add(names.Build());
        return request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), [1, 2, 3]);
    }
}
