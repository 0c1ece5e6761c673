using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Law;
using Registry.Gateway.Identity;
using Registry.Gateway.Problems;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Imports;

/// <summary>Imports: send a file, see how far it is.</summary>
internal static class ImportRoutes
{
    private const int RetryAfterSeconds = 5;

    // Read on behind the end of what is taken, so that a client hears that its file is too large before it is cut off.
    private const long MostBytesReadOn = UploadedFile.Most + (16 * 1024 * 1024);

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/imports").WithTags("Imports").RequireAuthorization(Policies.Files);
        imports.MapPost("", Begin).WithSummary("Import a file of license blocks or deposits");
        imports.MapRead("{id}", Get).WithSummary("How far an import is, and what was refused");
        imports.MapGet("{id}/events", Events).WithSummary("The progress of an import, as server-sent events");
    }

    private static async Task<IResult> Begin(HttpContext context, ImportJobs jobs, IJournal journal, Regime regime, TimeProvider clock)
    {
        var caller = context.Caller();
        if (ImportOrder.Read(context.Request, caller, out var order) is { } badOrder)
            return badOrder;
        if (jobs.TakePlace() is not { } place)
        {
            return new Problem(ProblemType.TooManyImports, $"{ImportJobs.MostAtOnce} files are being imported.") { RetryAfterSeconds = RetryAfterSeconds };
        }

        var isHandedOver = false;
        UploadedFile? file = null;
        try
        {
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = MostBytesReadOn;
            (file, var tooLarge) = await UploadedFile.Take(context);
            if (file is null)
                return tooLarge!;
            // Of the digest rather than of the file, which was not kept in memory.
            byte[] asked = [.. file.Digest, .. Encoding.UTF8.GetBytes(order!.Canonical)];
            if (IdempotencyKey.Read(context.Request, caller.Name, asked, out var key) is { } badKey)
                return badKey;
            var keys = key is null ? ImportKeys.Fresh(Convert.ToHexStringLower(file.Digest)) : new ImportKeys(key);
            if (key is not null && await journal.FindAnswer(key.Id) is not null)
                return Reused();

            var job = new ImportJob(keys, order, caller, clock.GetUtcNow());
            isHandedOver = true;
            var begun = jobs.Begin(job, file, place);
            if (begun.Keys.Fingerprint != keys.Fingerprint)
                return Reused();
            return new Accepted(begun, regime, IsRepeat: begun != job);
        }
        finally
        {
            if (!isHandedOver)
            {
                place.Dispose();
                if (file is not null)
                    await file.DisposeAsync();
            }
        }
    }

    private static IResult Get(string id, HttpContext context, ImportJobs jobs, Regime regime) =>
        Visible(id, context, jobs) is { } job ? new Shown(job, regime) : Unknown(id);

    private static IResult Events(string id, HttpContext context, ImportJobs jobs, Regime regime) =>
        Visible(id, context, jobs) is { } job ? new ImportEvents(job, regime) : Unknown(id);

    // To others an import is not there: its id would tell them that somebody files.
    private static ImportJob? Visible(string id, HttpContext context, ImportJobs jobs)
    {
        var caller = context.Caller();
        return jobs.Find(id) is { } job && (job.Caller.Name == caller.Name || caller.Role == Role.Registrar) ? job : null;
    }

    private static Problem Reused() =>
        new(ProblemType.IdempotencyKeyReused, "The idempotency key was used before, for another request.");

    private static Problem Unknown(string id) =>
        new(ProblemType.NotFound, $"There is no import '{Members.Shortened(id)}', or it ended more than an hour ago.");

    private sealed record Accepted(ImportJob Job, Regime Regime, bool IsRepeat) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = $"/imports/{Job.Id}";
            httpContext.Response.Headers.CacheControl = "no-store";
            if (IsRepeat)
                httpContext.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
            return JsonAnswer.Write(httpContext, StatusCodes.Status202Accepted, JsonAnswer.Json, Job, Regime, ImportAnswer.Write);
        }
    }

    private sealed record Shown(ImportJob Job, Regime Regime) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return JsonAnswer.Write(httpContext, StatusCodes.Status200OK, JsonAnswer.Json, Job, Regime, ImportAnswer.Write);
        }
    }
}
