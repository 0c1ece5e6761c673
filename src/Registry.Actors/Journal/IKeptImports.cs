namespace Registry.Actors.Journal;

/// <summary>
/// The imports that the registry has taken, from before their acceptance until a while after their end; and, for ever, which file each
/// idempotency key stands for.
/// </summary>
/// <remarks>
/// They lie beside the journal, in its database. An import is no entry: it changes nothing itself, what it registers is entered as anything
/// else is, and its file may hold what must never be published and goes when the import has ended. Safe for concurrent use, by several
/// processes too.
/// </remarks>
public interface IKeptImports
{
    /// <summary>Keeps a part of the content of an import that is yet to be accepted. Keeping one again changes nothing.</summary>
    /// <param name="content">The name of the content, unique to one attempt to send it.</param>
    /// <param name="part">Its place, from 0.</param>
    /// <param name="bytes">The part.</param>
    /// <param name="at">When; a content that is not accepted in time is dropped by <see cref="Forget"/>.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task KeepPart(string content, int part, byte[] bytes, DateTimeOffset at);

    /// <summary>
    /// Accepts an import whose content is kept, unless one of its id is there. One that is there, of the same file, is begun again when it
    /// ended but not for good, or was forgotten. When the task ends, what it gives is durable.
    /// </summary>
    /// <returns>The import of that id; where its content is another than the one given, the content given was dropped.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed; the import may have been accepted, or not.</exception>
    Task<KeptImport> Accept(NewImport import);

    /// <summary>An import; null when none of the id was ever accepted.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<KeptImport?> FindImport(string id);

    /// <summary>A part of a content; null behind the last, and once the import has ended.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<byte[]?> LoadPart(string content, int part);

    /// <summary>Begins a run of an import that has not ended. From here on no earlier run can end it.</summary>
    /// <returns>The run's number, which no other run of the import has; null when there is no such import, or it has ended.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<long?> BeginRun(string id);

    /// <summary>Ends an import and drops its content, unless it has ended or another run was begun.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed; the import may have ended, or not.</exception>
    Task EndRun(string id, long run, ImportEnd end);

    /// <summary>The ids of imports that have not ended, in the order of their acceptance.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<IReadOnlyList<string>> Unfinished(int limit);

    /// <summary>
    /// Forgets what was asked and what came of it, of every import that ended before an instant or is not among the last so many that
    /// ended; and drops every part that arrived before the instant and is of no import that goes on.
    /// </summary>
    /// <param name="before">The instant.</param>
    /// <param name="most">How many that ended are kept.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task Forget(DateTimeOffset before, int most);
}

/// <summary>An import that is to be accepted.</summary>
/// <param name="Id">Its id, which follows from its idempotency key.</param>
/// <param name="Fingerprint">Digest of the file and of what is asked: the same for the same request.</param>
/// <param name="Content">The name of its content.</param>
/// <param name="Order">What is asked, and by whom.</param>
/// <param name="At">When it is taken.</param>
public sealed record NewImport(string Id, string Fingerprint, string Content, byte[] Order, DateTimeOffset At);

/// <summary>An import that was accepted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Fingerprint">Digest of the file and of what was asked.</param>
/// <param name="Content">The name of its content.</param>
/// <param name="Order">What was asked, and by whom; null once that was forgotten.</param>
/// <param name="End">How it ended; null while it has not.</param>
public sealed record KeptImport(string Id, string Fingerprint, string Content, byte[]? Order, ImportEnd? End)
{
    /// <summary>Whether the same file under the same key begins it again.</summary>
    public bool BeginsAgain => End is not null && (!End.IsFinal || Order is null);
}

/// <summary>How an import ended.</summary>
/// <param name="At">When, cut to whole microseconds.</param>
/// <param name="IsFinal">Whether it ended for good; else the same file sent again begins it again.</param>
/// <param name="Outcome">What came of it; empty once that was forgotten.</param>
public sealed record ImportEnd(DateTimeOffset At, bool IsFinal, byte[] Outcome);
