using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace Registry.Grains.Hosting.Tls;

/// <summary>
/// Connections within the cluster by TLS, on which both sides prove who they are: the port of silos is for silos, that of clients for
/// gateways, and both connect to silos only. Which of the two somebody is, a name in the certificate says (a subject alternative name for
/// DNS). Every tool makes those and the framework compares them, so that no reading of certificates is the registry's own.
/// </summary>
public static class MutualTls
{
    private const string Silo = "silo.registry";
    private const string Gateway = "gateway.registry";

    /// <summary>Has a silo take and make connections by TLS only.</summary>
    public static ISiloBuilder UseMutualTls(this ISiloBuilder silo, TlsCertificates certificates)
    {
        silo.ConfigureLogging(Quiet);
        return silo.Configure<SiloConnectionOptions>(connections =>
        {
            connections.ConfigureSiloInboundConnection(connection => connection.TakeFrom(Silo, certificates));
            connections.ConfigureGatewayInboundConnection(connection => connection.TakeFrom(Gateway, certificates));
            connections.ConfigureSiloOutboundConnection(connection => connection.ReachSilo(certificates));
        });
    }

    /// <summary>Has a gateway connect to silos by TLS only.</summary>
    public static IClientBuilder UseMutualTls(this IClientBuilder client, TlsCertificates certificates) =>
        client.Configure<ClientConnectionOptions>(connections =>
            connections.ConfigureConnection(connection => connection.ReachSilo(certificates)));

    private static void TakeFrom(this IConnectionBuilder connection, string peer, TlsCertificates certificates)
    {
        var refusals = new RefusalLog(connection.Log(), peer);
        connection.Use(next => async context =>
        {
            await next(context);
            // Known only of a peer that was let in.
            if (context.Features.Get<ITlsConnectionFeature>()?.RemoteCertificate is null)
                refusals.Tell(context.RemoteEndPoint);
        });
        connection.UseServerTls(new TlsOptions
        {
            RemoteCertificateValidation = IsFrom(peer, connection.Log()),
            // Orleans asks for a selector or a certificate; the options of each connection, below, go before it.
            LocalServerCertificateSelector = (_, _) => certificates.Current(connection.Log()).Own.TargetCertificate,
            OnAuthenticateAsServer = (_, options) =>
            {
                var current = certificates.Current(connection.Log());
                var ssl = (SslServerAuthenticationOptions)options.SslServerAuthenticationOptions;
                ssl.ServerCertificateSelectionCallback = null;
                ssl.ServerCertificateContext = current.Own;
                ssl.CertificateChainPolicy = ChainTo(current.Authority);
                ssl.AllowTlsResume = false;
            },
        });
    }

    private static void ReachSilo(this IConnectionBuilder connection, TlsCertificates certificates) => connection.UseClientTls(new TlsOptions
    {
        RemoteCertificateValidation = IsFrom(Silo, connection.Log()),
        OnAuthenticateAsClient = (_, options) =>
        {
            var current = certificates.Current(connection.Log());
            var ssl = (SslClientAuthenticationOptions)options.SslClientAuthenticationOptions;
            ssl.TargetHost = Silo;
            ssl.ClientCertificateContext = current.Own;
            ssl.CertificateChainPolicy = ChainTo(current.Authority);
            ssl.AllowTlsResume = false;
        },
    });

    // Why a certificate was refused is told where the operator asks for it: who knocks decides how often that is.
    private static RemoteCertificateValidator IsFrom(string peer, ILogger log) => (certificate, chain, errors) =>
    {
        var isFrom = errors == SslPolicyErrors.None && certificate.MatchesHostname(peer, allowWildcards: false, allowCommonName: false);
        if (!isFrom)
        {
            log.LogDebug(
                "The certificate {Thumbprint} was refused for {Peer}: {Errors} {Chain}", certificate.Thumbprint, peer, errors,
                string.Join(", ", chain?.ChainStatus.Select(status => status.Status) ?? []));
        }

        return isFrom;
    };

    // The authority's own list and nothing of the machine's. Nothing is fetched: a stranger's certificate may name any address.
    private static X509ChainPolicy ChainTo(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }

    private static ILogger Log(this IConnectionBuilder connection) =>
        connection.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MutualTls));

    // Orleans writes thirty lines for each connection that is refused, and whoever reaches the port could fill a disk with them. A gateway,
    // which connects to silos alone, keeps them.
    private static void Quiet(ILoggingBuilder logging) =>
        logging.AddFilter("Orleans.Connections.Security.TlsServerConnectionMiddleware", LogLevel.None);
}
