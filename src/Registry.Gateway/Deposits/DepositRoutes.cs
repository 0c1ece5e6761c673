using System.Text.Json;
using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.Features;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections;
using Registry.Gateway.Identity;
using Registry.Gateway.Objects;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Deposits;

/// <summary>Deposits: register one, look at one, amend it, add an estimate.</summary>
internal static class DepositRoutes
{
    private const int MostAttempts = 5;

    public static void MapDeposits(this IEndpointRouteBuilder routes)
    {
        var deposits = routes.MapGroup("/deposits").WithTags("Deposits").WithPossibleIds(Collection.Deposits, Unknown);
        deposits.MapPost("", Register).RequireAuthorization(Policies.Registers).WithSummary("Register a deposit");
        deposits.MapRead("{id}", Get).WithSummary("A deposit");
        deposits.MapPatch("{id}", Amend).RequireAuthorization(Policies.Registers).WithSummary("Amend a deposit by a merge patch");
        deposits.MapPost("{id}/estimates", AddEstimate).RequireAuthorization(Policies.Registers).WithSummary("Add a resource estimate");
    }

    private static async Task<IResult> Register(HttpContext context, IActors actors, Regime regime)
    {
        var incoming = await Incoming<DepositState>.Read(context, IncomingKind.Creation, DepositForm.Read);
        if (incoming.Problem is { } problem)
            return problem;
        if (DepositGround.Check(regime, incoming.Form.Geometry) is { } refusal)
            return refusal.ToProblem();
        var id = incoming.NewId(Collection.Deposits);
        var answer = await actors.Deposit(id).Register(incoming.Attempt(), incoming.Form with { Id = id });
        return ObjectAnswer<DepositState>.Created(answer, new StreamId(Collection.Deposits, id), await Feature(actors, regime, answer.Object));
    }

    private static async Task<IResult> Get(
        string id, HttpContext context, IActors actors, PastRegister past, ObjectFeatures features, Regime regime)
    {
        var (asAt, refusal) = await past.Resolve(context.Request.QueryString);
        if (refusal is not null)
            return refusal.ToProblem();
        if (asAt is { } at)
        {
            // The license blocks that it lay on are known to its sheet, whose encoding is taken.
            return await past.Deposit(id, at) is { } stood && await features.Find(Collection.Deposits, id, withCells: false, at) is { } feature
                ? ObjectAnswer<DepositState>.Found(stood, (json, _) => json.WriteRawValue(feature, skipInputValidation: true))
                : Unknown(id);
        }

        return await actors.Deposit(id).Get() is { } found
            ? ObjectAnswer<DepositState>.Found(found, await Feature(actors, regime, found))
            : Unknown(id);
    }

    private static async Task<IResult> Amend(string id, HttpContext context, IActors actors, Regime regime)
    {
        var deposit = actors.Deposit(id);
        var incoming = await Incoming<DepositPatch>.Read(context, IncomingKind.Patch, DepositPatch.Read);
        if (incoming.Problem is { } problem)
            return await MoreBasic(problem, id, deposit) ?? problem;
        if (incoming.Form.Geometry is { } geometry && DepositGround.Check(regime, geometry) is { } refusal)
            return refusal.ToProblem();

        for (var attempt = 1; ; attempt++)
        {
            if (await deposit.Get() is not { } current)
                return Unknown(id);
            // A patch lies over the version that it was read from: without If-Match's version, the present one, or again the next.
            var answer = await incoming.Carry(request => deposit.Amend(
                request with { IfVersion = request.IfVersion ?? current.Version }, incoming.Form.Over(current.State)));
            var isOvertaken = answer.Refusal?.Kind == RefusalKind.Stale && incoming.IfVersions.Count == 0;
            if (!isOvertaken || attempt == MostAttempts)
                return ObjectAnswer<DepositState>.Changed(answer, await Feature(actors, regime, answer.Object));
        }
    }

    private static async Task<IResult> AddEstimate(string id, HttpContext context, IActors actors, Regime regime)
    {
        var deposit = actors.Deposit(id);
        var incoming = await Incoming<Estimate>.Read(context, IncomingKind.Addition, EstimateForm.Read);
        if (incoming.Problem is { } problem)
            return await MoreBasic(problem, id, deposit) ?? problem;
        var answer = await incoming.Carry(request => deposit.AddEstimate(request, incoming.Form));
        return ObjectAnswer<DepositState>.Created(answer, new StreamId(Collection.Deposits, id), await Feature(actors, regime, answer.Object));
    }

    // That If-Match is missing says nothing useful to who has the wrong id.
    private static async ValueTask<Problem?> MoreBasic(Problem problem, string id, IDeposit deposit) =>
        problem.Type == ProblemType.PreconditionRequired && await deposit.Get() is null ? Unknown(id) : null;

    private static Problem Unknown(string id) => new(ProblemType.NotFound, $"There is no deposit '{Members.Shortened(id)}'.");

    private static async Task<Action<Utf8JsonWriter, Registered<DepositState>>> Feature(
        IActors actors, Regime regime, Registered<DepositState>? deposit)
    {
        var titles = deposit is null ? [] : await DepositGround.LicenseBlocks(actors, regime, deposit.State.Geometry);
        return (json, found) => FeatureWriter.Write(json, found, titles);
    }
}
