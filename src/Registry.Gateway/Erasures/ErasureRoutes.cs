using System.Text.Json;
using Registry.Actors.Erasing;
using Registry.Actors.Journal;
using Registry.Gateway.Answers;
using Registry.Gateway.Identity;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Erasures;

/// <summary>Erasure of names and texts from beside the entries of the register.</summary>
internal static class ErasureRoutes
{
    public static void MapErasures(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/erasures").WithTags("Erasures").MapPost("", Erase).RequireAuthorization(Policies.Erases)
            .WithSummary("Erase the names and texts of a party, of an object or of a key");

    private static async Task<IResult> Erase(HttpContext context, Eraser eraser)
    {
        var incoming = await Incoming<ErasureSubject>.Read(context, IncomingKind.Question, Read);
        if (incoming.Problem is { } problem)
            return problem;
        var (erasure, refusal) = await eraser.Erase(incoming.Form, incoming.Caller, incoming.Key);
        return erasure is null ? refusal!.ToProblem() : new ErasureAnswer(erasure);
    }

    private static ErasureSubject? Read(Members body)
    {
        var (party, named, key) = (body.OptionalText("party"), body.OptionalText("object"), body.OptionalText("key"));
        if (new[] { party, named, key }.Count(each => each is not null) != 1)
            body.Refuse("", "One of party, object and key was expected: what is to be erased.");
        return new ErasureSubject(party, named is null ? null : ReadObject(body, named), key);
    }

    // As addresses name it: /deposits/dep-1.
    private static StreamId? ReadObject(Members body, string named)
    {
        try
        {
            if (StreamId.Parse(named.TrimStart('/')) is { Collection: not (Collection.Erasures or Collection.Law) } stream)
                return stream;
        }
        catch (FormatException)
        {
            // Told below.
        }

        body.Refuse("object", "The address of an object was expected, such as /deposits/dep-1.");
        return null;
    }

    private sealed record ErasureAnswer(Erasure Erasure) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            JsonAnswer.Write(httpContext, StatusCodes.Status200OK, JsonAnswer.Json, Erasure, 0, static (json, erasure, _) => Write(json, erasure));

        private static void Write(Utf8JsonWriter json, Erasure erasure)
        {
            json.WriteStartObject();
            json.WriteNumber("sequence"u8, erasure.Stamp.Sequence);
            json.WriteString("at"u8, erasure.Stamp.At.UtcDateTime);
            json.WriteNumber("values"u8, erasure.Values);
            json.WriteEndObject();
        }
    }
}
