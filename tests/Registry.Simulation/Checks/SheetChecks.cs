using System.Text;
using Registry.Actors.Contracts;
using Registry.Actors.Ground.Objects;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Features;
using Registry.Core.Ground;
using Registry.Core.Titles;
using Registry.Simulation.Running;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>
/// Asks every sheet and every license block, and compares what they answer with what the journal says. Nothing is held any more.
/// </summary>
internal static class SheetChecks
{
    private const long MostSteps = 50_000;

    /// <summary>What actors answer and the journal does not say.</summary>
    public static IReadOnlyList<string> Of(Past past, Simulator simulator, IActors actors)
    {
        var (problems, isDone) = (new List<string>(), false);
        simulator.NewScheduler("auditor").Start(async () =>
        {
            foreach (var sheet in Country.Regime.Jurisdiction.Sheets)
            {
                await Ask(past, actors.Sheet(sheet), sheet, problems);
            }

            foreach (var title in past.LicenseBlocks)
            {
                var told = await actors.LicenseBlock(title.State.Id).Get();
                if (told?.Version != title.Version || told.Last != title.Last)
                    problems.Add($"{title.State.Id} says that it is at version {told?.Version}; by the journal it is {title.Version}.");
            }

            isDone = true;
        });
        if (!simulator.RunUntil(() => isDone, MostSteps))
            problems.Add("The sheets did not answer.");
        problems.AddRange(simulator.Broken);
        return problems;
    }

    private static async Task Ask(Past past, ISheet sheet, SheetId id, List<string> problems)
    {
        var figures = await sheet.Figures();
        if (figures.Holds != 0)
            problems.Add($"Sheet {id} still holds ground for {figures.Holds} writers.");
        var cells = Country.Cells.Filter(cell => Country.Regime.Graticule.SheetOf(cell) == id);
        var claimed = cells.Count(past.Claims.ContainsKey);
        if (figures.ClaimedCells != claimed)
            problems.Add($"Sheet {id} counts {figures.ClaimedCells} claimed cells; by the journal there are {claimed}.");
        foreach (var told in await sheet.LookAll(cells))
        {
            var expected = Look(past, told.Cell);
            if (Text(told) != Text(expected))
                problems.Add($"Sheet {id} says of cell {told.Cell}: {Text(told)}. By the journal: {Text(expected)}.");
        }

        Compare(problems, id, "license blocks", await All(sheet, Collection.LicenseBlocks), past.LicenseBlocks
            .Where(title => FirstOf(title.State.Cells.Sheets(Country.Regime.Graticule)) == id)
            .Select(title => FeatureWriter.Encode(Country.Regime, title, withCells: false)));
        Compare(problems, id, "deposits", await All(sheet, Collection.Deposits), past.Deposits
            .Where(deposit => FirstOf(SheetsOf.Deposit(Country.Regime, deposit.State)) == id)
            .Select(deposit => FeatureWriter.Encode(deposit, [.. SheetsOf.CellsUnder(Country.Regime, deposit.State.Geometry)
                .Where(cell => Country.Regime.Graticule.SheetOf(cell) == id)
                .Select(cell => past.StandingOver(cell).FirstOrDefault()).OfType<Core.Registered<LicenseBlockState>>()
                .Distinct().OrderBy(title => title.First.Sequence).Select(title => title.State.Id)])));
        Compare(problems, id, "areas", await All(sheet, Collection.Areas), past.Areas
            .Where(area => FirstOf(SheetsOf.Area(Country.Regime, area.State)) == id)
            .Select(FeatureWriter.Encode));
    }

    // Small pages, so that paging is asked too.
    private static async Task<IReadOnlyList<byte[]>> All(ISheet sheet, Collection collection)
    {
        var (features, after, hasMore) = (new List<byte[]>(), 0L, true);
        while (hasMore)
        {
            var page = await sheet.Query(new SheetQuery(collection, BoundingBox.World, after, 7));
            features.AddRange(page.Features);
            (after, hasMore) = (page.Last, page.HasMore);
        }

        return features;
    }

    private static void Compare(
        List<string> problems, SheetId sheet, string what, IReadOnlyList<byte[]> told, IEnumerable<byte[]> expected)
    {
        var (answers, truth) = (told.Select(Encoding.UTF8.GetString).ToList(), expected.Select(Encoding.UTF8.GetString).ToList());
        problems.AddRange(answers.Except(truth).Select(feature => $"Sheet {sheet} shows among its {what}, against the journal: {feature}"));
        problems.AddRange(truth.Except(answers).Select(feature => $"Sheet {sheet} does not show among its {what}: {feature}"));
        if (problems.Count == 0 && !answers.SequenceEqual(truth))
            problems.Add($"Sheet {sheet} shows its {what} in another order than that of registration.");
    }

    private static SheetId? FirstOf(IReadOnlyList<SheetId> sheets) => sheets.Count == 0 ? null : sheets[0];

    private static CellView Look(Past past, Cell cell)
    {
        var standing = past.StandingOver(cell).ToList();
        var today = Country.Regime.Calendar.DateOf(past.Now);
        var area = past.Areas.FirstOrDefault(area => area.State.Excludes(today) && area.State.Cells.Contains(cell))?.State.Id;
        if (standing.Count == 0)
            return new CellView(cell, area is null ? CellStatus.Free : CellStatus.Restricted, null, null, [], area);
        var first = standing[0].State;
        return new CellView(
            cell, first.Status.IsInForce() ? CellStatus.Granted : CellStatus.Applied, first.Id, first.Status,
            [.. standing.Skip(1).Select(title => title.State.Id)], area);
    }

    // Which of several areas is named does not matter.
    private static string Text(CellView view) =>
        $"{view.Status} {view.LicenseBlock} {view.ClaimantStatus} [{string.Join(' ', view.Queue)}]{(view.Area is null ? "" : " restricted")}";
}
