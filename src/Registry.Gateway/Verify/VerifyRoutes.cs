using System.Security.Cryptography;
using System.Text;
using Registry.Gateway.Answers;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Verify;

/// <summary>
/// <c>/verify</c>: a page that checks a receipt in the browser. It is one file, whose style and script are allowed by their hashes; it loads
/// nothing and can send nothing.
/// </summary>
public static class VerifyRoutes
{
    private static readonly (byte[] Page, string Policy) Prepared = Prepare();

    /// <summary>Maps the address.</summary>
    public static void MapVerify(this IEndpointRouteBuilder routes) => routes.MapRead("/verify", Answer);

    private static async Task Answer(HttpContext context)
    {
        context.Response.ContentType = HtmlAnswer.ContentType;
        context.Response.Headers.ContentSecurityPolicy = Prepared.Policy;
        context.Response.ContentLength = Prepared.Page.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(Prepared.Page, context.RequestAborted);
    }

    private static (byte[] Page, string Policy) Prepare()
    {
        var (style, script) = (Read("page.css"), Read("page.js"));
        var page = Read("verify.html").Replace("{{style}}", style, StringComparison.Ordinal).Replace("{{script}}", script, StringComparison.Ordinal);
        var policy = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return (Encoding.UTF8.GetBytes(page), policy);
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Read(string name)
    {
        using var stream = typeof(VerifyRoutes).Assembly.GetManifestResourceStream($"Registry.Gateway.Verify.{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
