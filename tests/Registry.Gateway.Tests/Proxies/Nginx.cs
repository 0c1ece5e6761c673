using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Registry.Gateway.Tests.Proxies;

/// <summary>nginx before a registry: it ends TLS, and answers under a prefix. It listens on a socket in a directory of its own, on no port.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly string[] s_programs = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _directory;
    private readonly Process _process;

    private readonly string _certificate;

    private Nginx(DirectoryInfo directory, Process process, string certificate) => (_directory, _process, _certificate) = (directory, process, certificate);

    /// <summary>Why it cannot be used; null when it can.</summary>
    public static string? WhyNot { get; } = Array.Exists(s_programs, File.Exists) ? null : "nginx is not installed (Debian: apt-get install nginx-light).";

    private string Socket => Path.Combine(_directory.FullName, "s");

    /// <summary>Starts it, and waits until it takes connections.</summary>
    /// <param name="registry">Where the registry listens.</param>
    /// <param name="location">The directives of the location: what is passed on, and how.</param>
    public static async Task<Nginx> Start(Uri registry, string location)
    {
        var directory = Directory.CreateTempSubdirectory("nginx-");
        var certificate = MakeCertificate(directory.FullName);
        var configuration = Path.Combine(directory.FullName, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            daemon off; pid {{directory.FullName}}/pid; error_log stderr crit; worker_processes 1;
            events { worker_connections 64; }
            http {
              access_log off; client_body_temp_path {{directory.FullName}}/b; proxy_temp_path {{directory.FullName}}/p; fastcgi_temp_path {{directory.FullName}}/f;
              uwsgi_temp_path {{directory.FullName}}/u; scgi_temp_path {{directory.FullName}}/c;
              server {
                listen unix:{{directory.FullName}}/s ssl;
                ssl_certificate {{directory.FullName}}/cert.pem; ssl_certificate_key {{directory.FullName}}/key.pem;
                location /ogc/ { {{location.Replace("REGISTRY", registry.Authority, StringComparison.Ordinal)}} }
              }
            }
            """);
        // As root nginx would serve as another user, who cannot enter the directory.
        var start = new ProcessStartInfo(Array.Find(s_programs, File.Exists)!, ["-c", configuration, "-e", "stderr", .. Environment.UserName == "root" ? (string[])["-g", "user root;"] : []])
        {
            RedirectStandardError = true,
        };
        var nginx = new Nginx(directory, Process.Start(start)!, certificate);
        await nginx.UntilListening();
        return nginx;
    }

    /// <summary>A client to whom every host is this nginx, by its certificate.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate },
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task UntilListening()
    {
        var complaints = _process.StandardError.ReadToEndAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var since = Stopwatch.StartNew(); !File.Exists(Socket); await timer.WaitForNextTickAsync())
        {
            if (_process.HasExited || since.Elapsed > s_patience)
                throw new InvalidOperationException($"nginx does not listen: {(_process.HasExited ? await complaints : "")}");
        }
    }

    private static string MakeCertificate(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=cadastre.example", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(directory, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate.GetCertHashString();
    }
}

/// <summary>A test of several cases that needs nginx, and is skipped with the reason where it is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxTheoryAttribute : TheoryAttribute
{
    public NginxTheoryAttribute() => Skip = Nginx.WhyNot;
}
