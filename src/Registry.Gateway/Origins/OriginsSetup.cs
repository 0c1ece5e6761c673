using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Registry.Gateway.Origins;

/// <summary>Sets up what pages of other origins may ask, by the framework's own middleware.</summary>
internal static class OriginsSetup
{
    public static void AddOrigins(this WebApplicationBuilder builder)
    {
        builder.Services.AddCors();
        builder.Services.AddSingleton<ICorsPolicyProvider, OriginPolicies>();
    }

    /// <summary>
    /// Answers what a browser asks before a request (204), and says with every other answer, problems among them, which pages may see it.
    /// To be used once the path is the registry's own, and before anything is looked for.
    /// </summary>
    public static void UseOrigins(this WebApplication app) => app.UseCors();
}
