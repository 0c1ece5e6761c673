using Registry.Gateway.Identity;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Limits;

/// <summary>Whose requests are counted together: those of one key, or those without a key from one address.</summary>
/// <param name="Key">The key's name; null for nobody.</param>
/// <param name="Place">The place of the address where there is no key; else 0.</param>
internal readonly record struct WhoAsks(string? Key, int Place)
{
    /// <summary>Who sent a request. To be asked once it is known whom its key stands for.</summary>
    public static WhoAsks Of(HttpContext context) => context.User is RegistryPrincipal known
        ? new WhoAsks(known.Caller.Name, 0)
        : new WhoAsks(null, CallerAddress.PlaceOf(context.Connection.RemoteIpAddress));
}
