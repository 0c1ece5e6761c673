using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Registry.Actors.Journal;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Identity;
using Registry.Gateway.Limits;
using Registry.Gateway.Objects;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Imports;

/// <summary>Imports: send a file, see how far it is.</summary>
internal static class ImportRoutes
{
    /// <summary>The most imports that the registry has under way at once.</summary>
    public const int MostUnfinished = 16;

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

    private static async Task<IResult> Begin(
        HttpContext context, UploadPlaces places, ImportIntake intake, ImportLookup lookup, IKeptImports kept, IJournal journal, Regime regime, LimitSettings limits)
    {
        var caller = context.Caller();
        if (ImportOrder.Read(context.Request, caller, out var order) is { } badOrder)
            return badOrder;
        using var place = places.Take(context);
        if (!place.IsAcquired)
            return TooMany($"{places.Most} files are being taken, or {places.MostOfCaller} of this caller.");
        if ((await kept.Unfinished(MostUnfinished)).Count == MostUnfinished)
            return TooMany($"{MostUnfinished} imports are under way.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostBytesReadOn;
        var (file, tooLarge) = await UploadedFile.Take(context, limits.UploadTime);
        if (file is null)
            return tooLarge!;
        await using (file)
        {
            // Of the digest rather than of the file, which was not kept in memory.
            byte[] asked = [.. file.Digest, .. Encoding.UTF8.GetBytes(order!.Canonical)];
            if (IdempotencyKey.Read(context.Request, caller, asked, out var key) is { } badKey)
                return badKey;
            if (key is not null && await journal.FindAnswer(key.Id) is not null)
                return Reused();
            var keys = key is null ? ImportKeys.Fresh(Convert.ToHexStringLower(file.Digest)) : new ImportKeys(key);
            // Before anything is read, let alone registered: a key stands for one file, for ever.
            var earlier = await kept.FindImport(keys.JobId);
            if (earlier is { BeginsAgain: false } && earlier.Fingerprint == keys.Fingerprint)
                return new Accepted(await lookup.ShowAccepted(earlier), regime, IsRepeat: true);
            if (earlier is not null && earlier.Fingerprint != keys.Fingerprint)
                return Reused();
            var (import, isEarlier, problem) = await intake.Take(keys, order, caller, file, context.RequestAborted);
            if (import is null)
                return problem!;
            return import.Fingerprint == keys.Fingerprint ? new Accepted(await lookup.ShowAccepted(import), regime, isEarlier) : Reused();
        }
    }

    private static async Task<IResult> Get(string id, HttpContext context, ImportLookup lookup, Regime regime) =>
        await lookup.Find(id, context.Caller()) is var (import, asked) && await lookup.Show(import, asked) is { } shown
            ? new Shown(shown, regime)
            : Unknown(id);

    private static async Task<IResult> Events(string id, HttpContext context, StreamPlaces places, ImportLookup lookup, Regime regime, IHostApplicationLifetime lifetime)
    {
        var place = places.Take(context);
        context.Response.RegisterForDispose(place);
        if (!place.IsAcquired)
            return Problem.TooManyRequests($"{places.Most} streams of events are open, or {places.MostOfCaller} of this caller.", place);
        return await lookup.Find(id, context.Caller()) is var (import, asked) && await lookup.Show(import, asked) is { } shown
            ? new ImportEvents(id, asked, shown.Report.Progress, lookup, regime, Links.Location(context.Request, ""), lifetime)
            : Unknown(id);
    }

    private static Problem TooMany(string detail) => new(ProblemType.TooManyImports, detail) { RetryAfterSeconds = RetryAfterSeconds };

    private static Problem Reused() =>
        new(ProblemType.IdempotencyKeyReused, "The idempotency key was used before, for another request.");

    private static Problem Unknown(string id) =>
        new(ProblemType.NotFound, $"There is no import '{Members.Shortened(id)}', or it ended long ago.");

    private static Task Write(HttpContext context, int status, ShownImport import, Regime regime) => JsonAnswer.Write(
        context, status, JsonAnswer.Json, import, (Regime: regime, Root: Links.Location(context.Request, "")),
        static (json, import, asked) => ImportAnswer.Write(json, import, asked.Regime, asked.Root),
        escapesMarkup: true);

    private sealed record Accepted(ShownImport Import, Regime Regime, bool IsRepeat) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = Links.Location(httpContext.Request, $"/imports/{Import.Id}");
            httpContext.Response.Headers.CacheControl = "no-store";
            if (IsRepeat)
                httpContext.Response.Headers[IdempotencyKey.ReplayedHeader] = "true";
            return Write(httpContext, StatusCodes.Status202Accepted, Import, Regime);
        }
    }

    private sealed record Shown(ShownImport Import, Regime Regime) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return Write(httpContext, StatusCodes.Status200OK, Import, Regime);
        }
    }
}
