using Registry.Core.Ground;

namespace Registry.Core;

/// <summary>Why a request was not carried out. Each kind is one problem type of the HTTP contract.</summary>
public enum RefusalKind
{
    /// <summary>What was sent is no code, no geometry, no JSON.</summary>
    Malformed,

    /// <summary>Rules of the regime are broken; <see cref="Refusal.Rules"/> says which.</summary>
    RuleBroken,

    /// <summary>Cells are claimed by others; <see cref="Refusal.Conflicts"/> says which and by whom.</summary>
    GroundTaken,

    /// <summary>The status of the license block does not admit the action.</summary>
    WrongStatus,

    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>The caller may not do this, or not to this object.</summary>
    Forbidden,

    /// <summary>The object has changed since the version on which the caller decided.</summary>
    Stale,

    /// <summary>The idempotency key was used before, for another request.</summary>
    IdempotencyKeyReused,

    /// <summary>The outcome is not known, or the registry cannot decide now. Asking again with the same idempotency key is safe.</summary>
    Unavailable,
}

/// <summary>A rule of the regime that a request breaks.</summary>
/// <param name="Rule">The rule's name in the HTTP contract, such as <c>too-many-cells</c>.</param>
/// <param name="Detail">A sentence for a person.</param>
public sealed record BrokenRule(string Rule, string Detail);

/// <summary>A cell that another license block claims.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="LicenseBlock">The id of the license block that claims it.</param>
/// <param name="Status">The status of that license block.</param>
public sealed record Conflict(Cell Cell, string LicenseBlock, LicenseBlockStatus Status);

/// <summary>A member of what was sent that is at fault.</summary>
/// <param name="Pointer">A JSON pointer (RFC 6901), or the name of a query parameter.</param>
/// <param name="Detail">A sentence for a person.</param>
public sealed record FieldFault(string Pointer, string Detail);

/// <summary>A request that was not carried out, and why. A value, not an exception: being refused is an ordinary answer.</summary>
public sealed record Refusal(RefusalKind Kind, string Detail)
{
    /// <summary>The rules broken, when <see cref="Kind"/> is <see cref="RefusalKind.RuleBroken"/>.</summary>
    public IReadOnlyList<BrokenRule> Rules { get; init; } = [];

    /// <summary>The cells taken, when <see cref="Kind"/> is <see cref="RefusalKind.GroundTaken"/>.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>The members at fault, when <see cref="Kind"/> is <see cref="RefusalKind.Malformed"/>.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>A refusal for broken rules.</summary>
    public static Refusal Broken(params IReadOnlyList<BrokenRule> rules) =>
        new(RefusalKind.RuleBroken, string.Join(' ', rules.Select(rule => rule.Detail))) { Rules = rules };

    /// <summary>A refusal because one member of the request is malformed.</summary>
    public static Refusal Malformed(string pointer, string detail) =>
        new(RefusalKind.Malformed, detail) { Faults = [new FieldFault(pointer, detail)] };
}
