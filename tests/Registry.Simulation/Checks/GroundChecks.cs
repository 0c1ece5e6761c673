using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Titles;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>Ground is single: one owner to a cell, the claims follow from the states, and whoever stands in line is heard of.</summary>
internal static class GroundChecks
{
    /// <summary>What is wrong with the ground.</summary>
    public static IEnumerable<string> Of(Past past)
    {
        foreach (var cell in Country.Cells)
        {
            var standing = past.StandingOver(cell).ToList();
            var owners = standing.Where(title => title.State.Status != LicenseBlockStatus.Queued).Select(title => title.State.Id).ToList();
            if (owners.Count > 1)
                yield return $"Cell {cell} has two owners: {string.Join(", ", owners)}.";
            if (standing.Count > 0 && owners.Count == 1 && owners[0] != standing[0].State.Id)
                yield return $"Cell {cell} is {owners[0]}'s, though {standing[0].State.Id} filed before it.";
            var claimant = past.Claims.TryGetValue(cell, out var claim) ? claim.Id : null;
            if (claimant != standing.FirstOrDefault()?.State.Id)
                yield return $"Cell {cell} is claimed by {claimant ?? "nobody"}; by the states it is {standing.FirstOrDefault()?.State.Id ?? "nobody"}'s.";
        }

        foreach (var problem in Restricted(past).Concat(Deadlines(past)))
            yield return problem;
    }

    private static IEnumerable<string> Restricted(Past past) =>
        from area in past.Areas
        where area.State.Effect == RestrictionEffect.Exclude
        from title in past.LicenseBlocks
        where title.First.Sequence > area.First.Sequence && Ground(past, title.State).Intersect(area.State.Cells).Count > 0
        select $"{title.State.Id} was filed over ground that {area.State.Id} excludes.";

    // The ground of the application itself, before anything was struck out or given up.
    private static Core.Ground.CellSet Ground(Past past, LicenseBlockState title) =>
        ((Applied)System.Text.Json.JsonSerializer.Deserialize(
            past.History(new StreamId(Collection.LicenseBlocks, title.Id))[0].Event, Core.Json.CoreJson.Default.LicenseBlockEvent)!).Cells;

    private static IEnumerable<string> Deadlines(Past past)
    {
        foreach (var due in past.Deadlines.Where(deadline => deadline.At <= past.Now))
            yield return $"{due.Kind} of {due.Stream} fell due and was never looked at.";
        var today = Country.Regime.Calendar.DateOf(past.Now);
        foreach (var title in past.LicenseBlocks)
        {
            var id = title.State.Id;
            bool Awaits(DeadlineKind kind) => past.Deadlines.Any(deadline => deadline.Stream.Id == id && deadline.Kind == kind);
            if (title.State.Status.IsInForce() && (title.State.ExpiresOn < today || !Awaits(DeadlineKind.Expire)))
                yield return $"{id} is in force until {title.State.ExpiresOn:O} and nothing will end it.";
            if (title.State.Status != LicenseBlockStatus.Queued || Awaits(DeadlineKind.Reconsider))
                continue;
            var before = title.State.Cells.SelectMany(cell => past.StandingOver(cell))
                .Where(other => other.First.Sequence < title.First.Sequence).ToList();
            if (before.Count == 0)
                yield return $"{id} stands in line behind nobody, and nobody will look at it again.";
            else if (before.Find(other => other.State.Status.IsInForce()) is { } granted)
                yield return $"{id} stands in line for ground of {granted.State.Id}, which is granted, and nobody will look at it again.";
        }
    }
}
