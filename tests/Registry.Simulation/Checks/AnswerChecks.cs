using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Ground;
using Registry.Core.Titles;
using Registry.Simulation.Hosting;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>What clients were told is true: what was acknowledged stands, what was refused left no mark, one effect for one key.</summary>
internal static class AnswerChecks
{
    /// <summary>What clients were told and is not so.</summary>
    public static IEnumerable<string> Of(Past past, SheetWitness witness)
    {
        var marks = past.Entries.ToLookup(entry => entry.By.Name);
        var tenures = Tenures(past);
        foreach (var operation in past.Operations)
        {
            var effects = marks[operation.Id].ToList();
            if (effects.Count > 1)
                yield return $"{operation.Id} ({operation.What}) had {effects.Count} effects: {string.Join(", ", effects.Select(entry => entry.Stamp.Sequence))}.";
            foreach (var attempt in operation.Attempts)
            {
                var problem = attempt.Outcome switch
                {
                    null => null,
                    { Refusal: { } refusal } => LeftMark(past, operation, attempt, effects) ?? Refused(past, refusal, attempt, tenures, witness),
                    var outcome => Acknowledged(past, operation, outcome, effects),
                };
                if (problem is not null)
                    yield return $"{attempt.Request.Id} ({operation.What} {operation.Stream}) {problem}";
            }
        }
    }

    private static string? Acknowledged(Past past, Operation operation, Outcome outcome, List<Entry> effects)
    {
        if (effects is not [var entry])
            return $"was told that it is at sequence {outcome.Last.Sequence}, and the journal has no entry of it.";
        if (entry.Stream != operation.Stream || entry.Version != outcome.Version || entry.Stamp != outcome.Last)
            return $"was told version {outcome.Version} at {outcome.Last}; the journal has version {entry.Version} of {entry.Stream} at {entry.Stamp}.";
        if (past.History(entry.Stream)[0].Stamp != outcome.First)
            return $"was told that it was first registered at {outcome.First}.";
        return past.StateAt(entry.Stream, entry.Version) == outcome.State ? null
            : $"was told {outcome.State}; by the journal it is {past.StateAt(entry.Stream, entry.Version)}.";
    }

    /// <summary>
    /// An attempt that was refused changed nothing, and none before it did; another one that was under way may have, since a
    /// refusal is not kept for its key.
    /// </summary>
    private static string? LeftMark(Past past, Operation operation, Attempt refused, List<Entry> effects)
    {
        if (effects is not [var entry, ..])
            return null;
        var step = past.StepOf(entry);
        var isAnothers = step >= refused.Called
            && operation.Attempts.Any(other => other != refused && other.Called <= step && other.Answered >= step && other.Outcome?.Refusal is null);
        return isAnothers ? null : $"was told {refused.Outcome!.Refusal!.Detail}, and entry {entry.Stamp.Sequence} is of it.";
    }

    private static string? Refused(Past past, Refusal refusal, Attempt attempt, List<Tenure> tenures, SheetWitness witness)
    {
        if (refusal.Kind == RefusalKind.IdempotencyKeyReused)
            return "was told that its key was used before.";
        foreach (var conflict in refusal.Conflicts)
        {
            var sheet = Country.Regime.Graticule.SheetOf(conflict.Cell);
            // A sheet that was cut off may answer from before the cut: it cannot commit, but it can refuse.
            if (!witness.WasDouble(sheet, attempt.Called, attempt.Answered)
                && !tenures.Exists(tenure => tenure.Covers(conflict, attempt.Called, attempt.Answered)))
            {
                return $"was told that {conflict.LicenseBlock} claims cell {conflict.Cell}, which it did not between the question and the answer.";
            }
        }

        foreach (var rule in refusal.Rules.Where(rule => rule.Rule == "restricted-ground"))
        {
            if (!past.Areas.Any(area => rule.Detail.Contains($"{area.State.Id} excludes", StringComparison.Ordinal)))
                return $"was told: {rule.Detail}";
        }

        return null;
    }

    /// <summary>
    /// The steps between which each license block may be named as the one that claims a cell: from the commit that gave it the
    /// cell until whoever ended that knows it; before that, sheets may still say the old.
    /// </summary>
    private static List<Tenure> Tenures(Past past)
    {
        var told = past.Operations.SelectMany(operation => operation.Attempts.Where(attempt => attempt.Outcome is { Refusal: null }).Select(attempt => (operation.Id, Step: attempt.Answered)))
            .GroupBy(answer => answer.Id).ToDictionary(answers => answers.Key, answers => answers.Min(answer => answer.Step));
        var tenures = new List<Tenure>();
        foreach (var title in past.LicenseBlocks)
        {
            var stream = new StreamId(Collection.LicenseBlocks, title.State.Id);
            LicenseBlockState? state = null;
            var since = 0L;
            foreach (var entry in past.History(stream))
            {
                var after = LicenseBlockState.After(
                    state, System.Text.Json.JsonSerializer.Deserialize(entry.Event, Core.Json.CoreJson.Default.LicenseBlockEvent)!);
                if (state is null)
                    since = past.StepOf(entry);
                else if (state.Claims.Except(after.Claims) is { Count: > 0 } ended)
                    tenures.Add(new Tenure(title.State.Id, ended, since, told.GetValueOrDefault(entry.By.Name, long.MaxValue)));
                state = after;
            }

            tenures.Add(new Tenure(title.State.Id, state!.Claims, since, long.MaxValue));
        }

        return tenures;
    }

    private sealed record Tenure(string LicenseBlock, CellSet Cells, long From, long To)
    {
        public bool Covers(Conflict conflict, long called, long answered) =>
            conflict.LicenseBlock == LicenseBlock && Cells.Contains(conflict.Cell) && From <= answered && called <= To;
    }
}
