using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Registry.Hosting;

namespace Registry.Grains.Hosting.Tls;

/// <summary>
/// The certificates of this process and of the authority, as the files have them now. They are looked at with every connection that is
/// made, and those are few: no watching of files, which says nothing of a volume whose files Kubernetes has exchanged.
/// </summary>
public sealed class TlsCertificates
{
    private static readonly Meter s_meter = new("Registry");

    private readonly Lock _reading = new();
    private readonly TlsFiles _files;
    private Content _content;
    private Content? _refused;
    private Loaded _loaded;

    private TlsCertificates(TlsFiles files, Content content, Loaded loaded) => (_files, _content, _loaded) = (files, content, loaded);

    /// <summary>Reads the files that the settings name.</summary>
    /// <param name="registry">The section <c>Registry</c>.</param>
    /// <returns>The certificates; null where the settings name none, and the process is to go without TLS.</returns>
    /// <exception cref="SettingException">The settings name some files and not all, or one is not what it should be.</exception>
    public static TlsCertificates? Find(IConfiguration registry) => TlsFiles.Read(registry) is { } files ? Read(files) : null;

    /// <summary>Reads the files for the first time.</summary>
    /// <exception cref="SettingException">One cannot be read, or is not what it should be.</exception>
    public static TlsCertificates Read(TlsFiles files)
    {
        try
        {
            var content = Content.Of(files);
            var certificates = new TlsCertificates(files, content, Loaded.From(content));
            s_meter.CreateObservableGauge(
                "registry.certificate.remaining", () => (certificates._loaded.Until - DateTime.UtcNow).TotalSeconds, "s",
                "Until this process's certificate is no longer valid.");
            return certificates;
        }
        catch (Exception fault) when (IsOfTheFiles(fault))
        {
            throw new SettingException($"The certificates of Registry__Tls cannot be used: {fault.Message}");
        }
    }

    /// <summary>
    /// The certificates as the files have them. While they cannot be read, or do not fit one another, which may be so in the middle of
    /// an exchange, those from before go on.
    /// </summary>
    internal Loaded Current(ILogger log)
    {
        lock (_reading)
        {
            Content? content = null;
            try
            {
                content = Content.Of(_files);
                if (content != _content && content != _refused)
                {
                    _loaded = Loaded.From(content);
                    _content = content;
                    log.LogInformation("The certificates were read again; this process's own is valid until {Until:u}.", _loaded.Until);
                }
            }
            catch (Exception fault) when (IsOfTheFiles(fault))
            {
                _refused = content;
                log.LogWarning("The certificates could not be read again, and those from before go on: {Fault}", fault.Message);
            }

            return _loaded;
        }
    }

    private static bool IsOfTheFiles(Exception fault) => fault is IOException or UnauthorizedAccessException or CryptographicException;

    /// <summary>What can be used of the files.</summary>
    /// <param name="Own">This process's certificate, with its key and what leads from it to the authority.</param>
    /// <param name="Authority">Whose certificates are believed.</param>
    internal sealed record Loaded(SslStreamCertificateContext Own, X509Certificate2Collection Authority)
    {
        /// <summary>Until when the process's certificate is valid, in UTC.</summary>
        public DateTime Until => Own.TargetCertificate.NotAfter.ToUniversalTime();

        public static Loaded From(Content content)
        {
            var own = X509Certificate2.CreateFromPem(content.Certificate, content.Key);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(content.Certificate);
            var authority = new X509Certificate2Collection();
            authority.ImportFromPem(content.Authority);
            return authority.Count > 0
                ? new Loaded(SslStreamCertificateContext.Create(own, chain, offline: true), authority)
                : throw new CryptographicException("The file of the authority has no certificate in it.");
        }
    }

    /// <summary>The text of the three files.</summary>
    internal sealed record Content(string Certificate, string Key, string Authority)
    {
        public static Content Of(TlsFiles files) =>
            new(File.ReadAllText(files.Certificate), File.ReadAllText(files.Key), File.ReadAllText(files.Authority));

        // A record says all that it has, and this one has a key.
        public override string ToString() => nameof(Content);
    }
}
