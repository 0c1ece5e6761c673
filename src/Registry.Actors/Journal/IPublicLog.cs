using Registry.Log.Tree;

namespace Registry.Actors.Journal;

/// <summary>What of a journal is published: entries as they are hashed, what is too long for them, and the Merkle tree over entries.</summary>
/// <remarks>The tree moves in the transaction of each append: what is acknowledged is in it.</remarks>
public interface IPublicLog
{
    /// <summary>The tree as it stands: whatever was acknowledged before the call is in it.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<TreeFrontier> Frontier();

    /// <summary>Hashes of one level of the log's tiles, one behind the other, in their order.</summary>
    /// <param name="level">0 for the hashes of entries, 1 for the hashes of whole tiles of level 0, and so on.</param>
    /// <param name="first">The place of the first, counted from 0.</param>
    /// <param name="count">How many.</param>
    /// <returns>As many as there are of these, 32 bytes each.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<byte[]> Hashes(int level, long first, int count);

    /// <summary>The canonical bytes of entries, in their order.</summary>
    /// <param name="first">The place of the first, counted from 0: its sequence less one.</param>
    /// <param name="count">How many.</param>
    /// <returns>As many as there are of these.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<IReadOnlyList<byte[]>> Canonical(long first, int count);

    /// <summary>The newest signed checkpoint that was kept, for the processes that do not sign; null where none was.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<byte[]?> Checkpoint();

    /// <summary>Keeps a signed checkpoint in place of the one before. Only the one process that signs calls it.</summary>
    /// <param name="note">The signed note.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task KeepCheckpoint(byte[] note);

    /// <summary>What was too long for an entry.</summary>
    /// <param name="hash">Its SHA-256, 32 bytes.</param>
    /// <returns>The bytes; null where there is no such object.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    Task<byte[]?> Object(byte[] hash);
}
