using Registry.Actors.Journal;

namespace Registry.Storage;

/// <summary>A transaction in which <see cref="GroupCommit{TTransaction}"/> does a batch.</summary>
internal interface IGroupTransaction
{
    /// <summary>Makes everything done since it began durable.</summary>
    /// <exception cref="TransactionRefusedException">The storage refused it, and undid all of it.</exception>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    void Commit();

    /// <summary>Undoes everything done since it began.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    void Rollback();

    /// <summary>Gives up whatever the transaction stands on, after a failure of the storage. Does not throw.</summary>
    void Abandon();
}
