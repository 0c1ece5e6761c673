using System.Security.Claims;
using Registry.Core;

namespace Registry.Gateway.Identity;

/// <summary>A caller as the framework's authorization sees it.</summary>
internal sealed class RegistryPrincipal(Caller caller, string scheme)
    : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, caller.Role.ToString())], scheme))
{
    /// <summary>Who asks.</summary>
    public Caller Caller { get; } = caller;
}

/// <summary>Who asks, from a request.</summary>
internal static class Callers
{
    // A colon is in no key's name, so nobody can share the idempotency keys of the nameless.
    private static readonly Caller Nobody = new(":anonymous", Role.Operator);

    /// <summary>Who asks. Addresses that change the register demand a key first; elsewhere it may be nobody, who may do nothing.</summary>
    public static Caller Caller(this HttpContext context) => (context.User as RegistryPrincipal)?.Caller ?? Nobody;
}
