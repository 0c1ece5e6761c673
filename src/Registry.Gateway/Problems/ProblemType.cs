
namespace Registry.Gateway.Problems;

/// <summary>A kind of problem that the registry answers with: the <c>type</c> of RFC 9457.</summary>
/// <param name="Slug">The last part of its address, <c>/problems/&lt;slug&gt;</c>.</param>
/// <param name="Status">The HTTP status that goes with it.</param>
/// <param name="Title">The same few words each time.</param>
/// <param name="Explanation">What it means and what to do, in a sentence for the caller.</param>
public sealed record ProblemType(string Slug, int Status, string Title, string Explanation)
{
    /// <summary>400: what was sent cannot be read.</summary>
    public static ProblemType Malformed { get; } = new("malformed", 400, "The request cannot be read.",
        "What was sent is no JSON, no cell code, no geometry, or not what a member or parameter asks for; errors names each place.");

    /// <summary>401: no key, or a wrong one.</summary>
    public static ProblemType Unauthorized { get; } = new("unauthorized", 401, "A valid key is needed.",
        "The request changes something and carries no API key, or it carries one that is not in force.");

    /// <summary>403: the key is known and may not do this.</summary>
    public static ProblemType Forbidden { get; } = new("forbidden", 403, "The caller may not do this.",
        "The key is in force, but its role does not admit the action, or the object is another party's.");

    /// <summary>404: nothing is at the address.</summary>
    public static ProblemType NotFound { get; } = new("not-found", 404, "There is nothing at this address.",
        "No object has this id, or the registry has no such address.");

    /// <summary>405: the address exists and does not take the method.</summary>
    public static ProblemType MethodNotAllowed { get; } = new("method-not-allowed", 405, "The address does not take this method.",
        "The header Allow names the methods that it takes.");

    /// <summary>408: the request came too slowly.</summary>
    public static ProblemType TooSlow { get; } = new("too-slow", 408, "The request came too slowly.",
        "A body that comes more slowly than the registry waits for is given up; send it again over a better connection, or in smaller parts.");

    /// <summary>409: cells are claimed by others.</summary>
    public static ProblemType GroundTaken { get; } = new("ground-taken", 409, "Others claim some of the ground.",
        "Each cell in conflicts is claimed by the license block beside it; leave those cells out, or ask to be queued where it is undecided.");

    /// <summary>409: the status does not admit the action.</summary>
    public static ProblemType WrongStatus { get; } = new("wrong-status", 409, "The status does not admit the action.",
        "The license block is at a point of its life at which the action does not apply; read it again to see its status.");

    /// <summary>412: the object changed meanwhile.</summary>
    public static ProblemType Stale { get; } = new("stale", 412, "The object has changed.",
        "If-Match names a version that is not the present one; read the object again and decide anew.");

    /// <summary>413: the body is too large.</summary>
    public static ProblemType TooLarge { get; } = new("too-large", 413, "The request is too large.",
        "A body has at most 1,000,000 bytes, a file that is imported 67,108,864.");

    /// <summary>414: the address is too long.</summary>
    public static ProblemType AddressTooLong { get; } = new("address-too-long", 414, "The address is too long.",
        "An address has at most 8,192 bytes with its parameters; a longer filter goes to /collections/{collection}/search in a body.");

    /// <summary>415: the body is of a type that the address does not read.</summary>
    public static ProblemType UnsupportedMediaType { get; } = new("unsupported-media-type", 415, "The body is of a type not read here.",
        "Bodies are application/json; a PATCH takes application/merge-patch+json, and an import a file of one of the types that it names.");

    /// <summary>422: rules of the regime are broken.</summary>
    public static ProblemType RuleBroken { get; } = new("rule-broken", 422, "Rules are broken.",
        "The request can be read, but what it asks for breaks each rule that is named in rules.");

    /// <summary>422: the idempotency key was used for something else.</summary>
    public static ProblemType IdempotencyKeyReused { get; } = new("idempotency-key-reused", 422, "The idempotency key was used before.",
        "The same caller sent the same Idempotency-Key with another method, address or body; a new request takes a new key.");

    /// <summary>422: the question takes more work than one question may.</summary>
    public static ProblemType TooCostly { get; } = new("too-costly", 422, "The question takes too much work.",
        "Finding the answer takes more work than one question may cause; ask for less ground, with fewer conditions, or with simpler geometry.");

    /// <summary>428: If-Match is missing.</summary>
    public static ProblemType PreconditionRequired { get; } = new("precondition-required", 428, "If-Match is needed.",
        "A change of an existing object names, in If-Match, the ETag of the version on which the caller decided.");

    /// <summary>429: the caller asks too much.</summary>
    public static ProblemType TooManyRequests { get; } = new("too-many-requests", 429, "The caller asks too much.",
        "A key, or an address without one, may send so many requests, and have so much under way, and no more; ask again after the seconds in Retry-After.");

    /// <summary>429: as many imports as are taken at once are under way.</summary>
    public static ProblemType TooManyImports { get; } = new("too-many-imports", 429, "Too many imports are under way.",
        "The registry takes a few files at once; send it again after the seconds in Retry-After.");

    /// <summary>429: the caller, or all together, have as many costly requests under way as there may be.</summary>
    public static ProblemType TooManyAtOnce { get; } = new("too-many-at-once", 429, "Too many costly requests are under way.",
        "The registry answers a few costly requests of a caller at once and lets some wait; ask again after the seconds in Retry-After.");

    /// <summary>431: the headers are too large.</summary>
    public static ProblemType HeadersTooLarge { get; } = new("headers-too-large", 431, "The headers are too large.",
        "A request has at most 100 headers, and 32,768 bytes of them.");

    /// <summary>500: a fault of the registry.</summary>
    public static ProblemType Internal { get; } = new("internal", 500, "The registry has a fault.",
        "The fault is in the registry, not in the request, and was logged; asking again with the same Idempotency-Key is safe.");

    /// <summary>503: not now.</summary>
    public static ProblemType Unavailable { get; } = new("unavailable", 503, "The registry cannot answer now.",
        "Ask again after the seconds in Retry-After; with the same Idempotency-Key that is safe, whatever became of the first attempt.");

    /// <summary>Every type, by status.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Malformed, Unauthorized, Forbidden, NotFound, MethodNotAllowed, TooSlow, GroundTaken, WrongStatus, Stale, TooLarge, AddressTooLong,
        UnsupportedMediaType, RuleBroken, IdempotencyKeyReused, TooCostly, PreconditionRequired, TooManyRequests, TooManyImports, TooManyAtOnce, HeadersTooLarge,
        Internal, Unavailable,
    ];

    /// <summary>The type for a bare HTTP status, where the framework or the server gave no more than that.</summary>
    public static ProblemType OfStatus(int status) =>
        All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? Internal : Malformed);
}
