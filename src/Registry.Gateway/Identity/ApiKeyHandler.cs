using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Registry.Grains.Hosting;
using Registry.Gateway.Problems;

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

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return AuthenticateResult.NoResult();
        var text = header.ToString();
        if (header.Count > 1 || text.Length > MostCharacters || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("The header Authorization is not one bearer key.");
        if (await keys.Find(text[Bearer.Length..].Trim(), Context) is { } principal)
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
