using Microsoft.AspNetCore.Server.Kestrel.Core;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Limits;

/// <summary>What the web server itself takes from a client: how much, how slowly, how many at once.</summary>
internal static class ServerLimits
{
    /// <summary>The bytes a second below which a file that is sent is given up.</summary>
    public const int SlowestUpload = 8 * 1024;

    // Kestrel reads on, for five seconds at most, what a client sends after it was told that its body is too large; a client that is cut
    // off in the middle would never read the answer. Beyond this it is cut off.
    private const long MostBytesReadOn = 16 * 1024 * 1024;

    // A client that is slower holds its connection and what it has sent so far for too long: 1,000,000 bytes take 8 minutes at most. The
    // slowest mobile networks carry more.
    private const int SlowestBody = 2 * 1024;
    private const int SlowestReader = 1024;

    // What a client sends before it is asked for; a body is read as fast as it comes, so more would only help those who wait.
    private const int MostBytesAhead = 64 * 1024;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    public static void Set(KestrelServerOptions kestrel, LimitSettings settings, RejectedRequests rejected)
    {
        kestrel.AddServerHeader = false;
        var limits = kestrel.Limits;
        limits.MaxRequestBodySize = MostBytesReadOn;
        limits.MaxRequestBufferSize = MostBytesAhead;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        // Longer than proxies keep theirs (60 s): one that is closed from here may have a request on its way.
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(90);
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestBody, s_grace);
        limits.MinResponseDataRate = new MinDataRate(SlowestReader, s_grace);
        limits.MaxConcurrentConnections = settings.Connections;
        limits.Http2.MaxStreamsPerConnection = 100;
        // Of an HTTP/2 connection's streams, a client that does not answer pings is gone.
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
        var connections = settings.Enabled ? new ConnectionLimit(settings) : null;
        kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Use(rejected.Explain);
            if (connections is not null)
                endpoint.Use(next => connection => connections.Count(connection, next));
        });
    }
}
