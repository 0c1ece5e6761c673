using Registry.Actors.Contracts;
using Registry.Core;
using Registry.Core.Law;
using Registry.Gateway.Answers;
using Registry.Gateway.Costs;
using Registry.Gateway.Parameters;
using Registry.Gateway.Past;
using Registry.Gateway.Problems;
using Registry.Gateway.Sheets;

namespace Registry.Gateway.Statistics;

/// <summary>What is registered, in numbers: the counters of the sheets, added up.</summary>
internal static class StatisticsRoutes
{
    private static readonly string[] Parameters = [FormatParameter.Name, DateTimeParameter.AsAtName];

    public static void MapStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapRead("/statistics", Get).WithTags("Statistics").WithSummary("What is registered, in numbers");

    private static async Task<IResult> Get(
        HttpContext context, IActors actors, PastRegister past, SheetPlan plan, Regime regime, TimeProvider clock, CostlyTurns turns)
    {
        var fault = Read(context.Request.QueryString, out var format, out var moment);
        (var asAt, fault) = fault is null ? await past.Resolve(moment) : (null, fault);
        if (fault is not null)
            return fault.ToProblem();
        if (asAt is not null)
            await turns.Hold(context, CostlyKind.Past);
        var counted = await FewAtOnce.Ask(plan.Sheets, sheet => actors.Sheet(sheet).Statistics(asAt?.Cut), context.RequestAborted);
        var tallies = RegisterTallies.Sum(counted.SelectMany(sheet => sheet.Tallies));
        var instant = asAt?.Instant ?? clock.GetUtcNow();
        return format == "csv" ? new StatisticsCsv(tallies) : new StatisticsJson(tallies, instant, regime.Code);
    }

    private static Refusal? Read(QueryString query, out string? format, out Moment? moment)
    {
        Span<ReadOnlyMemory<char>?> values = [null, null];
        (format, moment) = (null, null);
        return QueryText.Read(query, Parameters, values)
            ?? FormatParameter.Match(values[0], ["json", "csv"], out format)
            ?? DateTimeParameter.ReadAsAt(values[1], out moment);
    }
}
