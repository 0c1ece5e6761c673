using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Registry.Gateway.Problems;
using Registry.Hosting.Callers;

namespace Registry.Gateway.Identity;

/// <summary>Reads <c>Authorization: Bearer &lt;API key&gt;</c> (RFC 6750), and answers 401 and 403 as problems.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownKeys keys, RefusedKeyLog refused)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme's name within the process.</summary>
    public const string Name = "ApiKey";

    private const string Bearer = "Bearer ";
    private const int MostCharacters = 512;

    /// <summary>The key that a request carries; null when its header is not one bearer key.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header is [{ Length: <= MostCharacters } text] && text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? text[Bearer.Length..].Trim()
            : null;
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return AuthenticateResult.NoResult();
        if (KeyOf(Request) is not { } key)
            return AuthenticateResult.Fail("The header Authorization is not one bearer key.");
        if (await keys.Find(key, Context) is { } principal)
            return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
        refused.Note(Context);
        return AuthenticateResult.Fail("The key is not in force.");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = result.None
            ? "Bearer realm=\"registry\""
            : "Bearer realm=\"registry\", error=\"invalid_token\"";
        var detail = result.Failure?.Message ?? "The request needs an API key: Authorization: Bearer <key>.";
        await new Problem(ProblemType.Unauthorized, detail).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var role = Context.Caller().Role.ToString().ToLowerInvariant();
        return new Problem(ProblemType.Forbidden, $"The role {role} does not admit this.").ExecuteAsync(Context);
    }
}
