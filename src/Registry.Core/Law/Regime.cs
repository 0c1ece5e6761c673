using Registry.Core.Ground;

namespace Registry.Core.Law;

/// <summary>The law of one jurisdiction as data: what differs between countries stands here and nowhere else.</summary>
public sealed record Regime
{
    /// <summary>The regime's short name, as in <c>Registry__Regime</c>: <c>kz</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The country whose parties are domestic, ISO 3166-1 alpha-2; null where it is not said.</summary>
    public string? Country { get; init; }

    /// <summary>The net of cells on which the jurisdiction grants titles.</summary>
    public required Graticule Graticule { get; init; }

    /// <summary>How the jurisdiction names its cells.</summary>
    public required Ground.Codes.ICellScheme Scheme { get; init; }

    /// <summary>The ground of the jurisdiction.</summary>
    public required Jurisdiction Jurisdiction { get; init; }

    /// <summary>The jurisdiction's outline in degrees, for points and for maps; null where only its cells are known.</summary>
    /// <remarks>Cells are decided by <see cref="Jurisdiction"/>, never by this.</remarks>
    public NetTopologySuite.Geometries.Geometry? Outline { get; init; }

    /// <summary>The country's regions, for statistics; null where they are not known.</summary>
    public RegionMap? Regions { get; init; }

    /// <summary>The datum of the cells. Kazakhstan does not publish it; WGS 84 is taken.</summary>
    public string Datum { get; init; } = "EPSG:4326";

    /// <summary>The most cells that one exploration title may have.</summary>
    public required int MostCells { get; init; }

    /// <summary>The most applications of one party that may await their decision; null for any number.</summary>
    /// <remarks>A setting of the registry and not of the law: <c>Registry__MostUndecided</c>.</remarks>
    public int? MostUndecided { get; init; }

    /// <summary>Whether the cells of an application must hang together by their sides.</summary>
    public required bool MustBeConnected { get; init; }

    /// <summary>The first term of a title, in years, by kind.</summary>
    public required IReadOnlyDictionary<LicenseBlockKind, int> TermYears { get; init; }

    /// <summary>How many working days must pass after a refusal before the next application over the same ground is considered.</summary>
    public required int WorkingDaysAfterRefusal { get; init; }

    /// <summary>The calendar in which working days and the dates of titles are counted.</summary>
    public required LegalCalendar Calendar { get; init; }

    /// <summary>When the next application over the same ground is considered, after one was refused on a date: <see cref="WorkingDaysAfterRefusal"/>.</summary>
    public DateTimeOffset NextConsidered(DateOnly refused) => Calendar.EndOf(Calendar.AddWorkingDays(refused, WorkingDaysAfterRefusal));
}
