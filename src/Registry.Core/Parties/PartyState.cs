using System.Text.Json.Serialization;

namespace Registry.Core.Parties;

/// <summary>What a party is.</summary>
public enum PartyKind
{
    /// <summary>A company.</summary>
    Company,

    /// <summary>A natural person, whose address and numbers never enter the journal.</summary>
    Person,

    /// <summary>A state body.</summary>
    State,
}

/// <summary>A company, person or state body that applies, holds or decides.</summary>
public sealed record PartyState
{
    /// <summary>The party's id, unique in the registry.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    [Erasable]
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required PartyKind Kind { get; init; }

    /// <summary>Where it is established: ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>The state after a change.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="InvalidOperationException">The first event is not <see cref="PartyRegistered"/>.</exception>
    public static PartyState After(PartyState? state, PartyEvent change) => (state, change) switch
    {
        (_, PartyRegistered e) => e.Party,
        ({ }, PartyWithheld) => state,
        _ => throw new InvalidOperationException($"{change.GetType().Name} cannot follow {(state is null ? "nothing" : "a registered party")}."),
    };
}

/// <summary>A change of a party, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PartyRegistered), "registered")]
[JsonDerivedType(typeof(PartyWithheld), "withheld")]
public abstract record PartyEvent;

/// <summary>A party was registered.</summary>
/// <param name="Party">The party.</param>
public sealed record PartyRegistered(PartyState Party) : PartyEvent;

/// <summary>Names or texts of the party were erased; what is shown in their place says so. Nothing else changed.</summary>
public sealed record PartyWithheld : PartyEvent;
