namespace Registry.Storage;

/// <summary>
/// The storage refused what a transaction was to write, by a constraint or because it cannot hold a value, and undid all of it.
/// The storage itself is well.
/// </summary>
/// <param name="cause">What the storage said.</param>
internal sealed class TransactionRefusedException(Exception cause)
    : Exception("The storage refused what was to be written; nothing was.", cause);
