using System.Net;
using Microsoft.AspNetCore.Connections;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Limits;

/// <summary>
/// Limits how many connections one address has, so that nobody takes all that the process keeps. A connection too many is closed. Trusted
/// proxies have as many as they like: they bring everybody's requests.
/// </summary>
internal sealed class ConnectionLimit(LimitSettings settings)
{
    private readonly int[] _open = new int[CallerAddress.Places];

    /// <summary>Counts a connection while it is open.</summary>
    public async Task Count(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        if (address is null || settings.IsTrusted(address))
        {
            await next(connection);
            return;
        }

        var place = CallerAddress.PlaceOf(address);
        try
        {
            if (Interlocked.Increment(ref _open[place]) <= settings.ConnectionsPerAddress)
                await next(connection);
            else
                connection.Abort(new ConnectionAbortedException("The address has as many connections as it may."));
        }
        finally
        {
            Interlocked.Decrement(ref _open[place]);
        }
    }
}
