using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.Titles;

/// <summary>Who holds a license block, as the register shows it.</summary>
/// <param name="Id">The party's id.</param>
/// <param name="Name">The party's name.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record Holder(string Id, [property: Erasable] string Name, string Country);

/// <summary>A license block as it stands. Changed only by <see cref="LicenseBlockEvent"/>s.</summary>
public sealed record LicenseBlockState
{
    /// <summary>The license block's id, unique in the registry.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required LicenseBlockKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required LicenseBlockStatus Status { get; init; }

    /// <summary>Who applied, and holds it once granted.</summary>
    public required Holder Holder { get; init; }

    /// <summary>The cells it keeps others off: its ground, or, for a polygon, every cell that the polygon touches.</summary>
    public required CellSet Cells { get; init; }

    /// <summary>The ground itself where it is a polygon; null where it is the cells.</summary>
    public Geometry? Polygon { get; init; }

    /// <summary>The minerals sought, in lower case.</summary>
    public required IReadOnlyList<string> Commodities { get; init; }

    /// <summary>The title's number, given at the grant.</summary>
    public string? Number { get; init; }

    /// <summary>The date of the grant.</summary>
    public DateOnly? GrantedOn { get; init; }

    /// <summary>The last day of the term.</summary>
    public DateOnly? ExpiresOn { get; init; }

    /// <summary>The cells that it claims: all of them while it stands, none after; none ever where its kind is not exclusive.</summary>
    public CellSet Claims => Status.IsStanding() && Kind.IsExclusive() ? Cells : CellSet.Empty;

    /// <summary>The id of the party whose undecided application it is; null once it is decided.</summary>
    public string? Undecided => Status.IsUndecided() ? Holder.Id : null;

    /// <summary>The area of its ground in square kilometres: the polygon's, or that of its cells.</summary>
    public double AreaKm2(Graticule graticule) => Polygon is { } polygon ? PolygonArea.Km2(polygon) : CellArea.Km2(graticule, Cells);

    /// <summary>The state after a change.</summary>
    /// <param name="state">The state before; null before the first event.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="InvalidOperationException">The first event is not <see cref="Applied"/>, or a later one is.</exception>
    public static LicenseBlockState After(LicenseBlockState? state, LicenseBlockEvent change) => (state, change) switch
    {
        (null, Applied e) => new LicenseBlockState
        {
            Id = e.Id,
            Kind = e.Kind,
            Status = e.Queued ? LicenseBlockStatus.Queued : LicenseBlockStatus.Applied,
            Holder = e.Holder,
            Cells = e.Cells,
            Polygon = e.Polygon,
            Commodities = e.Commodities,
        },
        ({ }, Reconsidered e) => state with
        {
            Cells = state.Cells.Except(e.Struck),
            Status = e.Queued ? LicenseBlockStatus.Queued : LicenseBlockStatus.Applied,
        },
        ({ }, Granted e) => state with
        {
            Status = LicenseBlockStatus.Granted,
            Number = e.Number,
            GrantedOn = e.GrantedOn,
            ExpiresOn = e.ExpiresOn,
        },
        ({ }, Refused) => state with { Status = LicenseBlockStatus.Refused },
        ({ }, Withdrawn) => state with { Status = LicenseBlockStatus.Withdrawn },
        ({ }, Relinquished e) => state with { Cells = state.Cells.Except(e.Cells) },
        ({ }, Surrendered) => state with { Status = LicenseBlockStatus.Surrendered },
        ({ }, Expired) => state with { Status = LicenseBlockStatus.Expired },
        ({ }, Withheld) => state,
        _ => throw new InvalidOperationException($"{change.GetType().Name} cannot follow {(state is null ? "nothing" : state.Status)}."),
    };
}
