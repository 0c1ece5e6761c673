using Microsoft.AspNetCore.Authentication;
using Registry.Gateway.Problems;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Identity;

/// <summary>Sets up who may do what.</summary>
internal static class IdentitySetup
{
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DevelopmentKeys>();
        builder.Services.AddSingleton<KnownKeys>();
        builder.Services.AddSingleton<RefusedKeyLog>();
        builder.Services.AddHostedService<GroundQuestions>();
        // The core alone: the rest would protect cookies, which the registry does not have, with keys in the home directory.
        // No default for authentication: UseIdentity asks only where there is a key, so that public reads pay nothing for it. A scheme that
        // is alone would become the default, and the framework would ask it first of all, for what the dashboard guards by itself as well.
        AppContext.SetSwitch("Microsoft.AspNetCore.Authentication.SuppressAutoDefaultScheme", true);
        builder.Services.AddWebEncoders();
        builder.Services.AddAuthenticationCore(options =>
        {
            options.AddScheme<ApiKeyHandler>(ApiKeyHandler.Name, null);
            options.DefaultChallengeScheme = options.DefaultForbidScheme = ApiKeyHandler.Name;
        });
        builder.Services.AddPolicies();
    }

    /// <summary>Finds out who asks. A wrong key is refused even where none is needed: whoever sends one believes to be somebody.</summary>
    public static void UseIdentity(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Request.Headers.Authorization.Count > 0)
            return Authenticate(context, next);
        GroundQuestions.Count(context);
        return next(context);
    });

    private static async Task Authenticate(HttpContext context, RequestDelegate next)
    {
        var refused = context.RequestServices.GetRequiredService<RefusedKeys>();
        if (!context.RequestServices.GetRequiredService<KnownKeys>().Knows(ApiKeyHandler.KeyOf(context.Request)))
        {
            if (refused.Refusal(context) is { } refusal)
            {
                await Problem.TooManyRequests("Too many keys that are not in force came from this address.", refusal).ExecuteAsync(context);
                return;
            }
        }

        var result = await context.AuthenticateAsync(ApiKeyHandler.Name);
        if (!result.Succeeded)
        {
            refused.Count(context);
            await context.ChallengeAsync();
            return;
        }

        context.User = result.Principal;
        GroundQuestions.Count(context);
        await next(context);
    }
}
