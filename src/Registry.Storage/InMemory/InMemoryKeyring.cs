using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Storage.InMemory;

/// <summary>API keys in memory. Not safe for concurrent use: its journal's lock guards it.</summary>
internal sealed class InMemoryKeyring
{
    private readonly List<(byte[] Digest, IssuedKey Key)> _issued = [];

    /// <inheritdoc cref="IKeyring.Issue"/>
    public bool Issue(byte[] digest, Caller caller, DateTimeOffset at)
    {
        if (_issued.Exists(k => k.Key.RevokedAt is null && (k.Key.Caller.Name == caller.Name || k.Digest.AsSpan().SequenceEqual(digest))))
            return false;
        if (_issued.Exists(k => k.Key.Caller.Name == caller.Name && k.Key.Caller != caller))
            return false;
        _issued.Add((digest, new IssuedKey(caller, JournalInstant.Of(at), null)));
        return true;
    }

    /// <inheritdoc cref="IKeyring.Revoke"/>
    public bool Revoke(string name, DateTimeOffset at)
    {
        var place = _issued.FindIndex(k => k.Key.RevokedAt is null && k.Key.Caller.Name == name);
        if (place < 0)
            return false;
        var (digest, key) = _issued[place];
        _issued[place] = (digest, key with { RevokedAt = JournalInstant.Of(at) });
        return true;
    }

    /// <inheritdoc cref="IKeyring.Find"/>
    public Caller? Find(byte[] digest) =>
        _issued.Find(k => k.Key.RevokedAt is null && k.Digest.AsSpan().SequenceEqual(digest)).Key?.Caller;

    /// <inheritdoc cref="IKeyring.All"/>
    public IReadOnlyList<IssuedKey> All() => [.. Enumerable.Reverse(_issued).Select(k => k.Key)];
}
