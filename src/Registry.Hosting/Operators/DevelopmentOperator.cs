using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Registry.Core;

namespace Registry.Hosting.Operators;

/// <summary>The operator's key that everybody knows: in the Development environment, for requests of this machine.</summary>
public static class DevelopmentOperator
{
    /// <summary>The key, and the name under which its changes would stand in the journal.</summary>
    public const string Key = "dev-operator";

    private static readonly Caller s_caller = new(Key, Role.Operator);

    /// <summary>Whom a key stands for; null when it is not this one, or not in force for the request.</summary>
    public static Caller? Find(HttpContext context, string key) =>
        key == Key && context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment() && LocalRequest.Is(context)
            ? s_caller
            : null;
}
