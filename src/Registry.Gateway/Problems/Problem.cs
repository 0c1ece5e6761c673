using System.Text.Json;
using System.Threading.RateLimiting;
using Registry.Core;
using Registry.Core.Law;
using Registry.Gateway.Answers;

namespace Registry.Gateway.Problems;

/// <summary>An answer that says why a request was not carried out: <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">What kind of problem.</param>
/// <param name="Detail">What is wrong this time, in a sentence.</param>
public sealed record Problem(ProblemType Type, string Detail) : IResult
{
    /// <summary>The media type of every problem.</summary>
    public const string MediaType = "application/problem+json";

    // Ten thousand bad members help nobody more than the first hundred.
    private const int MostListed = 100;

    /// <summary>The members or parameters at fault.</summary>
    public IReadOnlyList<FieldFault> Errors { get; init; } = [];

    /// <summary>The rules broken.</summary>
    public IReadOnlyList<BrokenRule> Rules { get; init; } = [];

    /// <summary>The cells that others claim.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>The seconds after which to ask again, for <c>Retry-After</c>; null for no such header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>A problem with one member of the body (an RFC 6901 pointer), one parameter or one header.</summary>
    public static Problem Malformed(string pointer, string detail) =>
        new(ProblemType.Malformed, detail) { Errors = [new FieldFault(pointer, detail)] };

    /// <summary>The registry cannot answer now; ask again in a second.</summary>
    public static Problem Unavailable(string detail) => new(ProblemType.Unavailable, detail) { RetryAfterSeconds = 1 };

    /// <summary>The caller asked for more than it may have.</summary>
    /// <param name="detail">What there was too much of, in a sentence.</param>
    /// <param name="refused">The lease that was not granted. It says after how long to ask again; a second where it does not.</param>
    public static Problem TooManyRequests(string detail, RateLimitLease refused) => new(ProblemType.TooManyRequests, detail)
    {
        RetryAfterSeconds = refused.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1,
    };

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (RetryAfterSeconds is { } seconds)
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        httpContext.Response.Headers.CacheControl = "no-store";
        return JsonAnswer.Write(
            httpContext, Type.Status, MediaType, this, httpContext,
            static (json, problem, context) =>
                problem.WriteTo(json, problem.Conflicts.Count == 0 ? null : context.RequestServices.GetRequiredService<Regime>(), Links.Location(context.Request, "")),
            escapesMarkup: true);
    }

    /// <summary>Writes the problem as a JSON object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="regime">Names the cells; may be null where no conflict is to be written.</param>
    /// <param name="root">What stands before the path of a type: <see cref="Links.Location"/> of nothing.</param>
    internal void WriteTo(Utf8JsonWriter json, Regime? regime, string root = "")
    {
        json.WriteStartObject();
        json.WriteString("type"u8, $"{root}/problems/{Type.Slug}");
        json.WriteString("title"u8, Type.Title);
        json.WriteNumber("status"u8, Type.Status);
        json.WriteString("detail"u8, Detail);
        if (Errors.Count > 0)
            WriteErrors(json);
        if (Rules.Count > 0)
            WriteRules(json);
        if (Conflicts.Count > 0)
            WriteConflicts(json, regime!);
        json.WriteEndObject();
    }

    private void WriteErrors(Utf8JsonWriter json)
    {
        json.WriteStartArray("errors"u8);
        foreach (var fault in Errors.Take(MostListed))
        {
            json.WriteStartObject();
            json.WriteString("pointer"u8, fault.Pointer);
            json.WriteString("detail"u8, fault.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteRules(Utf8JsonWriter json)
    {
        json.WriteStartArray("rules"u8);
        foreach (var rule in Rules)
        {
            json.WriteStartObject();
            json.WriteString("rule"u8, rule.Rule);
            json.WriteString("detail"u8, rule.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Every conflict is listed: an applicant wants to strike all of them out at once, and a request names few cells.
    private void WriteConflicts(Utf8JsonWriter json, Regime regime)
    {
        json.WriteStartArray("conflicts"u8);
        foreach (var conflict in Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("cell"u8, regime.Scheme.Format(conflict.Cell));
            json.WriteString("licenseBlock"u8, conflict.LicenseBlock);
            json.WriteString("status"u8, Words.Of(conflict.Status));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
