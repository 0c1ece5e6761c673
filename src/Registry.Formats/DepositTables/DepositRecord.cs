using NetTopologySuite.Geometries;
using Registry.Core.Deposits;

namespace Registry.Formats.DepositTables;

/// <summary>One row, understood by itself: a record of a deposit, before it is known which other rows speak of the same one.</summary>
internal sealed class DepositRecord
{
    /// <summary>The row.</summary>
    public required DepositRow Row { get; init; }

    /// <summary>The row's place in the table, from 0.</summary>
    public required int Place { get; init; }

    /// <summary>The places of later rows that say the same of the same record.</summary>
    public List<int> Repeats { get; } = [];

    /// <summary>The publisher's name of the record.</summary>
    public required SourceRecord Source { get; init; }

    /// <summary>The names by which the row calls the deposit, its own first; each makes it the same deposit as a near one so called.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Names that only belong to it: of its mines, its district, its plants.</summary>
    public required IReadOnlyList<string> OtherNames { get; init; }

    /// <summary>Where it lies.</summary>
    public required Point Location { get; init; }

    /// <summary>How well it is known and used.</summary>
    public required DepositStatus Status { get; init; }

    /// <summary>Its commodities.</summary>
    public required IReadOnlyList<string> Commodities { get; init; }

    /// <summary>What was changed on the way from the row to this record.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>What is odd about the row, though taken as it is.</summary>
    public required IReadOnlyList<string> Oddities { get; init; }
}

/// <summary>What came of reading one row: a record or a refusal.</summary>
internal sealed record RowReading(DepositRecord? Record, string? Refusal)
{
    public static RowReading Refused(string why) => new(null, why);

    public static RowReading Sound(DepositRecord record) => new(record, null);
}
