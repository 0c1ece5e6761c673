using Registry.Actors.Journal;
using Registry.Testing;

namespace Registry.Storage.Tests.Journals;

/// <summary>A journal in which someone writes right after the entries were read for the first time.</summary>
internal sealed class WriterMeanwhile(IJournal journal, Func<Task> write) : ForwardedJournal(journal)
{
    private bool _written;

    public override async IAsyncEnumerable<Entry> Read(long after)
    {
        await foreach (var entry in Journal.Read(after))
            yield return entry;
        if (_written)
            yield break;
        _written = true;
        await write();
    }
}
