using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.Areas;

/// <summary>What a restriction area does to titles.</summary>
public enum RestrictionEffect
{
    /// <summary>No title.</summary>
    Exclude,

    /// <summary>A title only with a written consent, which the registrar sees to at the grant.</summary>
    Consent,

    /// <summary>A title that carries a condition.</summary>
    Condition,
}

/// <summary>A restriction area as it stands.</summary>
public sealed record AreaState
{
    /// <summary>The area's id, unique in the registry.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    [Erasable]
    public required string Name { get; init; }

    /// <summary>What it does to titles.</summary>
    public required RestrictionEffect Effect { get; init; }

    /// <summary>The area itself, in degrees, without its buffer.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>How far around the area the effect reaches, in metres.</summary>
    public double BufferMetres { get; init; }

    /// <summary>The first date on which it is in force; null for always.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>The last date on which it is in force; null for ever.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>The act and article that it rests on.</summary>
    [Erasable]
    public required string LegalBasis { get; init; }

    /// <summary>
    /// The cells that lie wholly within the area and its buffer. A cell that the area merely cuts can be titled and counts as a
    /// whole one (Code on Subsoil, Art. 19).
    /// </summary>
    public required CellSet Cells { get; init; }

    /// <summary>Whether it has its effect on a date.</summary>
    public bool IsInForce(DateOnly date) => (ValidFrom is null || date >= ValidFrom) && (ValidTo is null || date <= ValidTo);

    /// <summary>Whether it keeps titles off its cells on a date.</summary>
    public bool Excludes(DateOnly date) => Effect == RestrictionEffect.Exclude && IsInForce(date);

    /// <summary>The state after a change.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="InvalidOperationException">The first event is not <see cref="AreaRegistered"/>.</exception>
    public static AreaState After(AreaState? state, AreaEvent change) => (state, change) switch
    {
        (_, AreaRegistered e) => e.Area,
        ({ }, AreaWithheld) => state,
        _ => throw new InvalidOperationException($"{change.GetType().Name} cannot follow {(state is null ? "nothing" : "a registered area")}."),
    };
}

/// <summary>A change of a restriction area, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AreaRegistered), "registered")]
[JsonDerivedType(typeof(AreaWithheld), "withheld")]
public abstract record AreaEvent;

/// <summary>A restriction area was registered.</summary>
/// <param name="Area">The area.</param>
public sealed record AreaRegistered(AreaState Area) : AreaEvent;

/// <summary>Names or texts of the area were erased; what is shown in their place says so. Nothing else changed.</summary>
public sealed record AreaWithheld : AreaEvent;
