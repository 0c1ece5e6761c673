using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Features;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Answers;
using Registry.Gateway.Identity;
using Registry.Gateway.Objects;
using Registry.Gateway.Parties;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.LicenseBlocks;

/// <summary>License blocks: apply, look at one, act on one, and read its history.</summary>
internal static class LicenseBlockRoutes
{
    public static void MapLicenseBlocks(this IEndpointRouteBuilder routes)
    {
        var blocks = routes.MapGroup("/license-blocks").WithTags("License blocks").WithPossibleIds(Collection.LicenseBlocks, Unknown);
        blocks.MapPost("", Apply).RequireAuthorization(Policies.Files).WithSummary("Apply for ground");
        blocks.MapRead("{id}", Get).WithSummary("A license block");
        blocks.MapRead("{id}/history", History).WithSummary("Every change of a license block, oldest first");
        blocks.MapPost("{id}/{action}", Act).RequireAuthorization(Policies.Files)
            .WithSummary("Act on a license block: grant, refuse, withdraw, relinquish, surrender");
    }

    private static async Task<IResult> Apply(HttpContext context, IActors actors, Regime regime)
    {
        var incoming = await Incoming<ApplicationForm>.Read(context, IncomingKind.Creation, body => ApplicationForm.Read(body, regime));
        if (incoming.Problem is { } problem)
            return problem;
        var form = incoming.Form;
        if (form.Unsnapped is { } unsnapped)
            return unsnapped.ToProblem();
        var (holder, refusal) = await Holders.Find(actors, incoming.Caller, form.Holder);
        if (holder is null)
            return refusal!.ToProblem();

        var id = incoming.NewId(Collection.LicenseBlocks);
        var answer = await actors.LicenseBlock(id).Carry(incoming.Attempt(), form.ToCommand(holder));
        return ObjectAnswer<LicenseBlockState>.Created(answer, new StreamId(Collection.LicenseBlocks, id), Feature(regime));
    }

    private static async Task<IResult> Get(string id, HttpContext context, IActors actors, PastRegister past, Regime regime)
    {
        var (asAt, refusal) = await past.Resolve(context.Request.QueryString);
        if (refusal is not null)
            return refusal.ToProblem();
        return await (asAt is { } at ? past.LicenseBlock(id, at) : actors.LicenseBlock(id).Get()) is { } found
            ? ObjectAnswer<LicenseBlockState>.Found(found, Feature(regime))
            : Unknown(id);
    }

    private static async Task<IResult> Act(string id, string action, HttpContext context, IActors actors, Regime regime)
    {
        if (!LicenseBlockActions.TryFind(action, out var read))
            return new Problem(ProblemType.NotFound, $"A license block has no action '{Members.Shortened(action)}'.");
        var block = actors.LicenseBlock(id);
        var incoming = await Incoming<LicenseBlockCommand>.Read(context, IncomingKind.Action, read);
        if (incoming.Problem is { } problem)
            return await MoreBasic(problem, id, block, context.Caller()) ?? problem;
        return ObjectAnswer<LicenseBlockState>.Changed(await incoming.Carry(request => block.Carry(request, incoming.Form)), Feature(regime));
    }

    // That If-Match is missing says nothing useful to who has the wrong id, or no business with the object.
    private static async ValueTask<Problem?> MoreBasic(Problem problem, string id, ILicenseBlock block, Caller caller)
    {
        if (problem.Type != ProblemType.PreconditionRequired)
            return null;
        if (await block.Get() is not { } found)
            return Unknown(id);
        return caller.Role == Role.Applicant && caller.Party != found.State.Holder.Id
            ? new Problem(ProblemType.Forbidden, "The license block is another party's.")
            : null;
    }

    private static async Task<IResult> History(string id, IJournal journal, Regime regime)
    {
        var entries = new List<Entry>();
        await foreach (var entry in journal.History(new StreamId(Collection.LicenseBlocks, id)))
            entries.Add(entry);
        return entries.Count == 0 ? Unknown(id) : new LicenseBlockHistory(entries, regime);
    }

    private static Problem Unknown(string id) =>
        new(ProblemType.NotFound, $"There is no license block '{Members.Shortened(id)}'.");

    private static Action<Utf8JsonWriter, Registered<LicenseBlockState>> Feature(Regime regime) =>
        (json, found) => FeatureWriter.Write(json, regime, found, withCells: true);
}
