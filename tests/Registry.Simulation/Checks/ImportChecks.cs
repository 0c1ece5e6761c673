using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>
/// Every import that was accepted came to its end, what it said to have registered is registered, each feature once, and of a whole file
/// all of it or nothing.
/// </summary>
internal static class ImportChecks
{
    /// <summary>What imports told, or did, and must not.</summary>
    public static IEnumerable<string> Of(Past past, IKeptImports kept, IEnumerable<MadeImport> imports, bool isCalm)
    {
        var marks = past.Entries.ToLookup(entry => entry.By.Name);
        foreach (var import in imports)
        {
            var entries = marks[import.Id].ToList();
            var report = kept.FindImport(import.Id).Result?.End is { } end ? ImportReport.Of(end.Outcome) : null;
            foreach (var problem in report is null ? ["never ended."] : Report(import, report, entries, isCalm).Concat(Marks(import, report, entries)))
                yield return $"{import.Id} ({import.Mode}, {import.Grounds.Count} features) {problem}";
        }
    }

    private static IEnumerable<string> Report(MadeImport import, ImportReport report, List<Entry> entries, bool isCalm)
    {
        var told = report.Progress;
        if (import.Told is { } heard && !heard.ToBytes().AsSpan().SequenceEqual(report.ToBytes()))
            yield return $"told its client {heard.Progress}; kept is {told}.";
        if (told.State is not (ImportState.Done or ImportState.Refused))
            yield return $"ended as {told.State}.";
        if (told.State == ImportState.Done && told.Done != import.Grounds.Count)
            yield return $"ended with {told.Done} features done.";
        var refused = report.Refusals.Select(refusal => (int)refusal.Index).ToHashSet();
        if (refused.Count != told.Refused)
            yield return $"counts {told.Refused} refusals and tells of {refused.Count}.";
        // An attempt of a run that was given up may be on its way and come through after its successor was refused.
        var registered = Enumerable.Range(0, import.Grounds.Count).Where(i => !refused.Contains(i)).Take((int)told.Registered).ToList();
        foreach (var i in registered.Where(i => !entries.Exists(entry => entry.Stream.Id == import.BlockOf(i))))
            yield return $"says that feature {i} is registered; the journal has no entry of it.";
        if (isCalm && entries.Count != told.Registered)
            yield return $"says that {told.Registered} features are registered; the journal has {entries.Count}, though nothing failed.";
        if (isCalm && told.Repeated != 0)
            yield return $"registered {told.Repeated} features again, though nothing failed.";
    }

    private static IEnumerable<string> Marks(MadeImport import, ImportReport report, List<Entry> entries)
    {
        foreach (var twice in entries.GroupBy(entry => entry.Stream).Where(group => group.Count() > 1))
            yield return $"registered {twice.Key} {twice.Count()} times.";
        if (import.Mode == ImportMode.Feature || entries.Count == 0)
            yield break;
        if (entries.Count != import.Grounds.Count)
            yield return $"registered {entries.Count} features of the whole file.";
        if (entries[^1].Stamp.Sequence - entries[0].Stamp.Sequence != entries.Count - 1)
            yield return "registered its features with others between them.";
        if (report.Progress.State != ImportState.Done)
            yield return $"ended as {report.Progress.State}, and its features are registered.";
    }
}
