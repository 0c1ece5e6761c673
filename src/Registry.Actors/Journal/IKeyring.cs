using Registry.Core;

namespace Registry.Actors.Journal;

/// <summary>The API keys that were issued. A key itself is shown once and never stored; its SHA-256 is.</summary>
public interface IKeyring
{
    /// <summary>
    /// How long, at most, a process may believe a key without asking again: so long a key that another process has revoked still works.
    /// A key that was issued just now works at once.
    /// </summary>
    static TimeSpan BelievedFor { get; } = TimeSpan.FromSeconds(3);

    /// <summary>Stores a key's digest.</summary>
    /// <param name="digest">SHA-256 of the key, 32 bytes.</param>
    /// <param name="caller">
    /// Whom the key stands for. <see cref="Caller.Name"/> is unique among keys that are not revoked, and belongs for ever to the role and
    /// party that had it first: the journal names callers by it.
    /// </param>
    /// <param name="at">When it was issued.</param>
    /// <returns>
    /// False, with nothing stored, when a key of that name, or of that digest, is in force, or another role or party has had the name.
    /// </returns>
    Task<bool> Issue(byte[] digest, Caller caller, DateTimeOffset at);

    /// <summary>Ends the key of a name.</summary>
    /// <returns>False when no key of that name is in force.</returns>
    Task<bool> Revoke(string name, DateTimeOffset at);

    /// <summary>Whom a key stands for; null when it was never issued or is revoked.</summary>
    Task<Caller?> Find(byte[] digest);

    /// <summary>Every key that was issued, newest first.</summary>
    Task<IReadOnlyList<IssuedKey>> All();
}

/// <summary>A key that was issued.</summary>
public sealed record IssuedKey(Caller Caller, DateTimeOffset IssuedAt, DateTimeOffset? RevokedAt);
