namespace Registry.Gateway.Tests.Serving;

/// <summary>
/// Sends requests to the gateways of a cluster in turns, as a load balancer does that knows nothing of who asks: so that what one
/// acknowledged, another has to show. To the gateways all come under the name of the first.
/// </summary>
/// <param name="turn">Whose turn it is, of all clients together: what one client wrote, another one reads elsewhere.</param>
/// <param name="gateways">Where they listen.</param>
internal sealed class GatewaysInTurns(Turn turn, Uri[] gateways) : DelegatingHandler(new SocketsHttpHandler { MaxConnectionsPerServer = 256 })
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var gateway = gateways[turn.Next() % gateways.Length];
        request.Headers.Host ??= gateways[0].Authority;
        request.RequestUri = new UriBuilder(request.RequestUri!) { Host = gateway.Host, Port = gateway.Port }.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Counts.</summary>
internal sealed class Turn
{
    private int _next = -1;

    /// <summary>0, and then always one more.</summary>
    public int Next() => Interlocked.Increment(ref _next) & int.MaxValue;
}
