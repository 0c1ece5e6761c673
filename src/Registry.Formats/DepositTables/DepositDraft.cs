using NetTopologySuite.Geometries;
using Registry.Core.Deposits;

namespace Registry.Formats.DepositTables;

/// <summary>A deposit that an import asks to have registered.</summary>
public sealed record DepositDraft
{
    /// <summary>
    /// Names the deposit in every import of the same records, whatever their order: the least of <see cref="Sources"/>. To be the
    /// idempotency key of its registration, so that a second import has no second effect.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>Its name, no other draft's of the import.</summary>
    public required string Name { get; init; }

    /// <summary>The other names that its rows give it.</summary>
    public required IReadOnlyList<string> OtherNames { get; init; }

    /// <summary>How well it is known and used.</summary>
    public required DepositStatus Status { get; init; }

    /// <summary>Where it lies, WGS 84, longitude first: as the row of <see cref="Key"/> says.</summary>
    public required Point Location { get; init; }

    /// <summary>The commodities of all its rows, as <see cref="Commodities"/> names them.</summary>
    public required IReadOnlyList<string> Commodities { get; init; }

    /// <summary>The records that were merged into it, as <c>source#record</c>, in order.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
}
