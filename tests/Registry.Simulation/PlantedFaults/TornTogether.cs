using Registry.Actors.Journal;
using Registry.Simulation.Hosting;

namespace Registry.Simulation.PlantedFaults;

/// <summary>What is appended together is appended one by one, until one of it is refused.</summary>
internal sealed class TornTogether : Protocol
{
    /// <inheritdoc/>
    public override IJournal Storage(IJournal storage) => new OneByOne(storage);

    private sealed class OneByOne(IJournal journal) : JournalInFront(journal)
    {
        public override Task<JointResult> AppendAll(IReadOnlyList<Append> appends)
        {
            var committed = new List<Committed>();
            foreach (var append in appends)
            {
                // The storage below answers at once.
                if (Append(append).Result is not Committed each)
                    return Task.FromResult(new JointResult([], committed.Count, Append(append).Result));
                committed.Add(each);
            }

            return Task.FromResult(new JointResult(committed, -1, null));
        }
    }
}
