using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;

namespace Registry.Gateway.Compression;

/// <summary>Sets up the compression of answers.</summary>
internal static class CompressionSetup
{
    public static void AddCompression(this WebApplicationBuilder builder)
    {
        builder.Services.AddResponseCompression(AnswerCompression.Set);
        builder.Services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
    }

    /// <summary>Compresses what a client takes compressed; but for the dashboard, see <see cref="AnswerCompression"/>.</summary>
    public static void UseCompression(this WebApplication app) => app.UseWhen(
        static context => context.Request.Headers.ContainsKey(HeaderNames.AcceptEncoding) && !context.Request.Path.StartsWithSegments("/dashboard"),
        static branch => branch.UseResponseCompression());
}
