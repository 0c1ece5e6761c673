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
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required PartyKind Kind { get; init; }

    /// <summary>Where it is established: ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }
}

/// <summary>A change of a party, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PartyRegistered), "registered")]
public abstract record PartyEvent;

/// <summary>A party was registered.</summary>
/// <param name="Party">The party.</param>
public sealed record PartyRegistered(PartyState Party) : PartyEvent;
