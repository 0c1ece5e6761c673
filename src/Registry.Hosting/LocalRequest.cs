using System.Net;
using Microsoft.AspNetCore.Http;

namespace Registry.Hosting;

/// <summary>
/// Tells whether a request comes from this machine and was meant for it. What everybody knows, the keys of the Development environment
/// among it, works for such requests alone: a tunnel or a proxy on this machine brings others, and so does a page whose name was bound to
/// 127.0.0.1 while a browser shows it (DNS rebinding).
/// </summary>
public static class LocalRequest
{
    // Whatever stands between says so by one of these; X-Original-* is what the framework leaves of those that it has read.
    private static readonly string[] s_prefixes = ["X-Forwarded-", "X-Original-", "X-Envoy-", "X-Azure-", "X-ARR-", "CF-", "Fly-", "Ngrok-"];

    private static readonly string[] s_names =
        ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "Fastly-Client-IP", "X-ProxyUser-Ip"];

    /// <summary>
    /// Whether it came over the loopback, to a host of the loopback (<c>localhost</c>, <c>*.localhost</c>, 127.0.0.0/8, <c>[::1]</c>), from
    /// no page of another host, and through nobody who says that he passed it on.
    /// </summary>
    public static bool Is(HttpContext context)
    {
        var request = context.Request;
        return (context.Connection.RemoteIpAddress is not { } sender || IPAddress.IsLoopback(sender))
            && IsLoopback(request.Host.Host)
            && IsOfThisMachine(request.Headers.Origin.ToString())
            && !request.Headers.Keys.Any(WasPassedOn);
    }

    private static bool WasPassedOn(string name) =>
        s_names.Contains(name, StringComparer.OrdinalIgnoreCase)
        || s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // A browser sends the page's origin with what changes something.
    private static bool IsOfThisMachine(string origin) =>
        origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && IsWritten(host, address));

    // 127.1, 0177.0.0.1 and 2130706433 are read as addresses too, and no browser or proxy sends them as they are.
    private static bool IsWritten(string host, IPAddress address) =>
        host.Trim('[', ']').Equals(address.ToString(), StringComparison.OrdinalIgnoreCase);
}
