using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Registry.Hosting.Callers;

/// <summary>Limits how many keys that are not in force one address may try: each costs a look into the journal.</summary>
/// <remarks>A key that was in force when a gateway last saw it is let past there: whoever has one is not kept out by a neighbour who guesses.</remarks>
/// <param name="aMinute">How many in a minute; null for no limit.</param>
public sealed class RefusedKeys(int? aMinute)
{
    /// <summary>How many in a minute unless it is set.</summary>
    public const int Usual = 30;

    private readonly CallerBuckets? _left = aMinute is { } most ? new CallerBuckets(most, most, TimeSpan.FromMinutes(1)) : null;

    /// <summary>Whether the address of a request may try another key.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null when it may; when it may not, what says when it may again.</returns>
    public RateLimitLease? Refusal(HttpContext context) => _left?.Refusal(CallerAddress.PlaceOf(context.Connection.RemoteIpAddress));

    /// <summary>Counts a key that was not in force.</summary>
    /// <param name="context">The request that it came with.</param>
    public void Count(HttpContext context) => _left?.Take(CallerAddress.PlaceOf(context.Connection.RemoteIpAddress)).Dispose();
}
