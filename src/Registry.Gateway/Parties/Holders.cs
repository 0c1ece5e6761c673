using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Objects;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Parties;

/// <summary>Who is to hold what is applied for.</summary>
internal static class Holders
{
    /// <summary>Finds the holder: an applicant's own party, or the one that a registrar names.</summary>
    /// <param name="actors">Know the parties.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="named">The id of the party that the request names; null when it names none.</param>
    public static async ValueTask<(Holder? Holder, Refusal? Refusal)> Find(IActors actors, Caller caller, string? named)
    {
        var id = caller.Role == Role.Applicant ? caller.Party : named;
        if (id is null)
        {
            return (null, caller.Role == Role.Applicant
                ? new Refusal(RefusalKind.Forbidden, "The key acts for no party.")
                : Refusal.Malformed("/holder", "A registrar names the party that is to hold the license block."));
        }

        if (named is not null && named != id)
            return (null, new Refusal(RefusalKind.Forbidden, "An applicant applies for its own party; only a registrar names another holder."));
        return ObjectId.IsPossible(Collection.Parties, id) && await actors.Party(id).Get() is { } party
            ? (new Holder(party.State.Id, party.State.Name, party.State.Country), null)
            : (null, Refusal.Broken(new BrokenRule(RuleNames.UnknownParty, $"There is no party '{Members.Shortened(id)}'.")) with { Faults = [new FieldFault("/holder", "There is no such party.")] });
    }
}
