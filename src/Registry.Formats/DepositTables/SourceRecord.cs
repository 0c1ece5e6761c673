using System.Globalization;
using NetTopologySuite.Geometries;

namespace Registry.Formats.DepositTables;

/// <summary>A publisher's name of a record.</summary>
/// <param name="Source">The publication, often an address; empty when the row names none.</param>
/// <param name="Id">The record in it.</param>
internal readonly record struct SourceRecord(string Source, string Id) : IComparable<SourceRecord>
{
    /// <summary>
    /// The name of a row's record. A row that names no record is named by what it says: its name and its place, so that the same row
    /// has the same name in the next import.
    /// </summary>
    public static SourceRecord Of(DepositRow row, string name, Point at) => row.Field("record_id") is { Length: > 0 } id
        ? new(row.Field("source"), id)
        : new(row.Field("source"), string.Create(CultureInfo.InvariantCulture, $"{name}@{at.Y},{at.X}"));

    /// <summary>Orders by publication, then by record, numbers by their value.</summary>
    public int CompareTo(SourceRecord other)
    {
        var bySource = string.CompareOrdinal(Source, other.Source);
        if (bySource != 0)
            return bySource;
        var numbers = long.TryParse(Id, NumberStyles.None, CultureInfo.InvariantCulture, out var mine)
            & long.TryParse(other.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs);
        return numbers && mine != theirs ? mine.CompareTo(theirs) : string.CompareOrdinal(Id, other.Id);
    }

    /// <summary>The name in one text: <c>https://mrdata.usgs.gov/mrds#10085892</c>.</summary>
    public override string ToString() => Source.Length == 0 ? Id : $"{Source}#{Id}";
}
