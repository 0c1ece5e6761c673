using System.Collections.Concurrent;
using Registry.Actors.Journal;
using Registry.Hosting;

namespace Registry.Gateway.Identity;

/// <summary>
/// Finds whom a key stands for, and remembers it for a short while so that not every request asks the journal.
/// </summary>
/// <remarks>
/// Only keys in force are remembered, so a key issued just now works at once; nothing tells this process of a revocation, so a revoked
/// key works for at most <see cref="Life"/> more. At most <see cref="Most"/> are remembered; beyond that all are forgotten, which costs a
/// look-up each and nothing else.
/// </remarks>
internal sealed class KnownKeys(IKeyring keyring, DevelopmentKeys development)
{
    /// <summary>How long a key is believed without asking again.</summary>
    public static readonly TimeSpan Life = IKeyring.BelievedFor;

    private const int Most = 10_000;

    // The machine's clock and not the registry's: moving the latter must not keep a revoked key alive.
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Whom a key stands for; null when it is not in force.</summary>
    /// <param name="key">The key.</param>
    /// <param name="context">The request that it came with: the keys of development are for this machine alone.</param>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public ValueTask<RegistryPrincipal?> Find(string key, HttpContext context)
    {
        if (development.Find(key) is { } known)
            return new(LocalRequest.Is(context) ? known : null);
        return Find(key);
    }

    private ValueTask<RegistryPrincipal?> Find(string key)
    {
        if (_known.TryGetValue(key, out var known) && _clock.GetElapsedTime(known.Since) < Life)
            return new(known.Principal);
        return Ask(key);
    }

    /// <summary>Whether a key was in force when it was last looked at. It may have been revoked since.</summary>
    public bool Knows(string? key) => key is not null && (development.Find(key) is not null || _known.ContainsKey(key));

    private async ValueTask<RegistryPrincipal?> Ask(string key)
    {
        var since = _clock.GetTimestamp();
        if (await keyring.Find(KeyDigest.Of(key)) is not { } caller)
        {
            _known.TryRemove(key, out _);
            return null;
        }

        if (_known.Count >= Most)
            _known.Clear();
        var principal = new RegistryPrincipal(caller, ApiKeyHandler.Name);
        _known[key] = new Known(principal, since);
        return principal;
    }

    private sealed record Known(RegistryPrincipal Principal, long Since);
}
