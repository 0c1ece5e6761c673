using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Parties;
using Registry.Gateway.Answers;
using Registry.Gateway.Identity;
using Registry.Gateway.Objects;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Parties;

/// <summary>Parties: register one, look at one.</summary>
internal static class PartyRoutes
{
    public static void MapParties(this IEndpointRouteBuilder routes)
    {
        var parties = routes.MapGroup("/parties").WithTags("Parties").WithPossibleIds(Collection.Parties, Unknown);
        parties.MapPost("", Register).RequireAuthorization(Policies.Registers).WithSummary("Register a party");
        parties.MapRead("{id}", Get).WithSummary("A party");
    }

    private static async Task<IResult> Register(HttpContext context, IActors actors)
    {
        var incoming = await Incoming<PartyState>.Read(context, IncomingKind.Creation, Read);
        if (incoming.Problem is { } problem)
            return problem;
        var id = incoming.NewId(Collection.Parties);
        var answer = await actors.Party(id).Register(incoming.Attempt(), incoming.Form with { Id = id });
        return ObjectAnswer<PartyState>.Created(answer, new StreamId(Collection.Parties, id), Write, JsonAnswer.Json);
    }

    private static async Task<IResult> Get(string id, IActors actors) =>
        await actors.Party(id).Get() is { } found
            ? ObjectAnswer<PartyState>.Found(found, Write, JsonAnswer.Json)
            : Unknown(id);

    private static Problem Unknown(string id) => new(ProblemType.NotFound, $"There is no party '{Members.Shortened(id)}'.");

    private static PartyState? Read(Members body)
    {
        var name = body.Text("name");
        var kind = body.Choice<PartyKind>("kind", required: false) ?? PartyKind.Company;
        var country = body.Text("country");
        if (country is not ([] or [>= 'A' and <= 'Z', >= 'A' and <= 'Z']))
            body.Refuse("country", "A country is two capital letters (ISO 3166-1 alpha-2), such as KZ.");
        return new PartyState { Id = "", Name = name, Kind = kind, Country = country };
    }

    private static void Write(Utf8JsonWriter json, Registered<PartyState> found)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, found.State.Id);
        json.WriteString("name"u8, found.State.Name);
        json.WriteString("kind"u8, Words.Of(found.State.Kind));
        json.WriteString("country"u8, found.State.Country);
        json.WriteNumber("sequence"u8, found.First.Sequence);
        json.WriteString("registeredAt"u8, found.First.At.UtcDateTime);
        json.WriteNumber("version"u8, found.Version);
        json.WriteEndObject();
    }
}
