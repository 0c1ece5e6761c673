using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Journal;
using Registry.Core.Ground;
using Registry.Simulation.Hosting;
using Registry.Simulation.Workload;

namespace Registry.Simulation.Checks;

/// <summary>The order at each sheet is the order of the journal; epochs fence; and where nothing fails, nobody waits for a time-out.</summary>
internal static class OrderChecks
{
    /// <summary>What came in another order than it must.</summary>
    public static IEnumerable<string> Of(Past past, SheetWitness witness, bool isCalm)
    {
        foreach (var problem in Given(past, witness))
            yield return problem;
        if (!isCalm)
            yield break;
        foreach (var problem in Arrived(past, witness))
            yield return problem;
        foreach (var operation in past.Operations)
        {
            if (operation.Answered is not { } answered)
                yield return $"{operation.Id} ({operation.What} {operation.Stream}) was never answered, though nothing failed.";
            else if (answered - operation.Called >= Sheet.HoldLimit / 2)
                yield return $"{operation.Id} ({operation.What} {operation.Stream}) waited {answered - operation.Called} for its answer, though nothing failed.";
        }
    }

    /// <summary>
    /// Of two writes over one cell that committed in one epoch of a sheet, the one to which the sheet gave the cell first
    /// committed first. And what relied on an epoch never follows what relied on a later one.
    /// </summary>
    private static IEnumerable<string> Given(Past past, SheetWitness witness)
    {
        // Ground that is held for several objects is held for each of them.
        var given = witness.Given
            .SelectMany(hold => (hold.Request.Together ?? []).Prepend(hold.Request.Stream).Select(stream => (Hold: hold, Stream: stream)))
            .ToLookup(each => (each.Hold.Sheet, each.Hold.Epoch, each.Stream, AskerOf(each.Hold.Request.Id)), each => each.Hold);
        var last = new Dictionary<(SheetId Sheet, long Epoch, Cell Cell), (long Order, long Sequence)>();
        var epochs = new Dictionary<SheetId, SheetEpoch>();
        foreach (var commit in past.Commits)
        {
            foreach (var relied in commit.Append.Epochs)
            {
                if (epochs.TryGetValue(relied.Sheet, out var latest) && relied.Epoch < latest.Epoch)
                    yield return $"Entry {commit.Sequence} relies on epoch {relied.Epoch} of {relied.Sheet}, after one that relied on epoch {latest.Epoch}.";
                epochs[relied.Sheet] = relied;
                var who = commit.Append.By.Role == Core.Role.Registry ? DeadlineClerk.Name : commit.Append.By.Name;
                // Of several attempts the one that committed held last: the others ended before it, or still wait.
                if (given[(relied.Sheet, relied.Epoch, commit.Append.Stream, who)].LastOrDefault(hold => hold.Step <= commit.Step) is not { } hold)
                {
                    yield return $"Entry {commit.Sequence} relies on epoch {relied.Epoch} of {relied.Sheet}, in which nothing was held for it.";
                    continue;
                }

                foreach (var cell in hold.Request.Cells)
                {
                    if (last.TryGetValue((relied.Sheet, relied.Epoch, cell), out var before) && before.Order > hold.Order)
                        yield return $"Entries {before.Sequence} and {commit.Sequence} held cell {cell} in the other order.";
                    last[(relied.Sheet, relied.Epoch, cell)] = (hold.Order, commit.Sequence);
                }
            }
        }
    }

    /// <summary>Where nothing fails, of two applications over one cell the one that arrived first at its sheet was filed first.</summary>
    private static IEnumerable<string> Arrived(Past past, SheetWitness witness)
    {
        var filed = past.LicenseBlocks.ToDictionary(title => title.State.Id, title => title.First.Sequence);
        var last = new Dictionary<Cell, (string Id, long Sequence)>();
        foreach (var hold in witness.Arrived
            .Where(hold => hold.Request.Mode != HoldMode.Touch && filed.ContainsKey(hold.Request.Stream.Id))
            .DistinctBy(hold => (hold.Sheet, hold.Request.Stream)))
        {
            var (id, sequence) = (hold.Request.Stream.Id, filed[hold.Request.Stream.Id]);
            foreach (var cell in hold.Request.Cells)
            {
                if (last.TryGetValue(cell, out var before) && before.Sequence > sequence)
                    yield return $"{before.Id} asked {hold.Sheet} for cell {cell} before {id} and was filed after it.";
                last[cell] = (id, sequence);
            }
        }
    }

    // Attempts are numbered after the asker's name: "c1-7.2", "deadlines-4".
    private static string AskerOf(string request) =>
        request.StartsWith(DeadlineClerk.Name, StringComparison.Ordinal) ? DeadlineClerk.Name : request[..request.IndexOf('.', StringComparison.Ordinal)];
}
