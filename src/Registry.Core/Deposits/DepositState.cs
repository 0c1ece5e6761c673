using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;

namespace Registry.Core.Deposits;

/// <summary>How well a mineral deposit is known and used.</summary>
public enum DepositStatus
{
    /// <summary>A mineral was seen.</summary>
    Occurrence,

    /// <summary>Worth exploring.</summary>
    Prospect,

    /// <summary>A deposit was established.</summary>
    Deposit,

    /// <summary>It is or was mined.</summary>
    Developed,

    /// <summary>Mining ended.</summary>
    Closed,
}

/// <summary>An estimate of what a deposit holds, as its report states it: a code is never relabelled as another.</summary>
/// <param name="Code">The reporting code: KAZRC, JORC, NI 43-101, GKZ, UNFC, ...</param>
/// <param name="Category">The category of that code: inferred, indicated, measured, probable, proved; A, B, C1, C2, P1 to P3.</param>
/// <param name="Tonnage">How much, in <paramref name="TonnageUnit"/>.</param>
/// <param name="TonnageUnit">The unit of the tonnage, such as <c>Mt</c>.</param>
/// <param name="Grades">The grade of each commodity.</param>
/// <param name="CutOff">The cut-off, as the report words it.</param>
/// <param name="EffectiveDate">The date for which the estimate holds.</param>
/// <param name="CompetentPerson">Who answers for it.</param>
/// <param name="Report">Where it is reported.</param>
public sealed record Estimate(
    [property: Erasable] string Code,
    [property: Erasable] string Category,
    decimal Tonnage,
    [property: Erasable] string TonnageUnit,
    [property: Erasable] IReadOnlyList<Grade> Grades,
    [property: Erasable] string? CutOff,
    DateOnly EffectiveDate,
    [property: Erasable] string? CompetentPerson,
    [property: Erasable] string? Report);

/// <summary>The grade of one commodity in an estimate.</summary>
/// <param name="Commodity">The commodity.</param>
/// <param name="Value">The grade, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit, such as <c>%</c> or <c>g/t</c>.</param>
public sealed record Grade(string Commodity, decimal Value, string Unit);

/// <summary>A mineral occurrence, prospect or deposit as it stands.</summary>
public sealed record DepositState
{
    /// <summary>The deposit's id, unique in the registry.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    [Erasable]
    public required string Name { get; init; }

    /// <summary>Its other names.</summary>
    [Erasable]
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>How well it is known and used.</summary>
    public required DepositStatus Status { get; init; }

    /// <summary>Where it lies: a point or a polygon, in degrees.</summary>
    public required Geometry Geometry { get; init; }

    /// <summary>Its commodities, in lower case.</summary>
    public required IReadOnlyList<string> Commodities { get; init; }

    /// <summary>What its reports estimate, oldest first.</summary>
    [Erasable]
    public IReadOnlyList<Estimate> Estimates { get; init; } = [];

    /// <summary>Where the record comes from: a publisher's own names of it.</summary>
    [Erasable]
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>The state after a change.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="InvalidOperationException">The first event is not <see cref="DepositRegistered"/>, or a later one is.</exception>
    public static DepositState After(DepositState? state, DepositEvent change) => (state, change) switch
    {
        (null, DepositRegistered e) => e.Deposit,
        ({ }, DepositAmended e) => e.Deposit with { Estimates = state.Estimates },
        ({ }, DepositWithheld) => state,
        ({ }, EstimateAdded e) => state with { Estimates = [.. state.Estimates, e.Estimate] },
        _ => throw new InvalidOperationException($"{change.GetType().Name} cannot follow {(state is null ? "nothing" : "a registered deposit")}."),
    };
}

/// <summary>A change of a deposit, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DepositRegistered), "registered")]
[JsonDerivedType(typeof(DepositAmended), "amended")]
[JsonDerivedType(typeof(EstimateAdded), "estimate-added")]
[JsonDerivedType(typeof(DepositWithheld), "withheld")]
public abstract record DepositEvent;

/// <summary>A deposit was registered.</summary>
/// <param name="Deposit">The deposit.</param>
public sealed record DepositRegistered(DepositState Deposit) : DepositEvent;

/// <summary>What is known of a deposit was amended.</summary>
/// <param name="Deposit">The deposit after the change; its estimates are not part of it.</param>
public sealed record DepositAmended(DepositState Deposit) : DepositEvent;

/// <summary>An estimate was added.</summary>
/// <param name="Estimate">The estimate.</param>
public sealed record EstimateAdded(Estimate Estimate) : DepositEvent;

/// <summary>Names or texts of the deposit were erased; what is shown in their place says so. Nothing else changed.</summary>
public sealed record DepositWithheld : DepositEvent;
