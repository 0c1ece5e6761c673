using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Features;
using Registry.Core.GeoJson;
using Registry.Core.Ground;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Costs;
using Registry.Gateway.Identity;
using Registry.Gateway.Objects;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Requests;

namespace Registry.Gateway.Areas;

/// <summary>Restriction areas: register one, look at one.</summary>
internal static class AreaRoutes
{
    // More than a sheet: larger areas are registered in parts.
    private const int MostCells = 100_000;
    private const int MostBufferMetres = 50_000;

    public static void MapAreas(this IEndpointRouteBuilder routes)
    {
        var areas = routes.MapGroup("/areas").WithTags("Restriction areas").WithPossibleIds(Collection.Areas, Unknown);
        areas.MapPost("", Register).RequireAuthorization(Policies.Registers).WithSummary("Register a restriction area");
        areas.MapRead("{id}", Get).WithSummary("A restriction area");
    }

    private static async Task<IResult> Register(HttpContext context, IActors actors, Regime regime)
    {
        var incoming = await Incoming<AreaState>.Read(context, IncomingKind.Creation, Read);
        if (incoming.Problem is { } problem)
            return problem;
        var form = incoming.Form;
        // A cell that the area merely cuts can be titled (Code on Subsoil, Art. 19), so only cells wholly within count.
        var snapped = AreaReach.Snap(
            regime.Graticule, form.Geometry, form.BufferMetres, SnapRule.Covered, MostCells, new WorkBudget(WorkBudget.OfRequest));
        if (snapped.End == SnapEnd.TooMuchWork)
            throw TooCostly.Because("The area has too many edges within the distance of its buffer of each other: simplify it, or register it in parts.");
        if (snapped.End == SnapEnd.TooManyCells)
            return Refusal.Broken(new BrokenRule(RuleNames.TooManyCells, $"The area spreads over more than {MostCells} cells; register it in parts.")).ToProblem();
        var id = incoming.NewId(Collection.Areas);
        var answer = await actors.Area(id).Register(incoming.Attempt(), form with { Id = id, Cells = snapped.Cells });
        return ObjectAnswer<AreaState>.Created(answer, new StreamId(Collection.Areas, id), FeatureWriter.Write);
    }

    private static async Task<IResult> Get(string id, HttpContext context, IActors actors, PastRegister past)
    {
        var (asAt, refusal) = await past.Resolve(context.Request.QueryString);
        if (refusal is not null)
            return refusal.ToProblem();
        return await (asAt is { } at ? past.Area(id, at) : actors.Area(id).Get()) is { } found
            ? ObjectAnswer<AreaState>.Found(found, FeatureWriter.Write)
            : Unknown(id);
    }

    private static Problem Unknown(string id) => new(ProblemType.NotFound, $"There is no restriction area '{Members.Shortened(id)}'.");

    private static AreaState? Read(Members body)
    {
        var name = body.Text("name");
        var effect = body.Choice<RestrictionEffect>("effect");
        var geometry = body.Geometry("geometry", GeometryTypes.All);
        var buffer = body.Number("bufferMetres", 0, MostBufferMetres, required: false) ?? 0;
        var (from, to) = (body.Date("validFrom"), body.Date("validTo"));
        if (to < from)
            body.Refuse("validTo", "The last date is before the first.");
        var legalBasis = body.Text("legalBasis", 500);
        return effect is null || geometry is null ? null : new AreaState
        {
            Id = "",
            Name = name,
            Effect = effect.Value,
            Geometry = geometry,
            BufferMetres = (double)buffer,
            ValidFrom = from,
            ValidTo = to,
            LegalBasis = legalBasis,
            Cells = CellSet.Empty,
        };
    }
}
