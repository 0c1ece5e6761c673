using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Actors.Contracts;

/// <summary>Asks a sheet for what a search for free areas needs of it.</summary>
/// <param name="WithCells">Whether its free cells are wanted.</param>
/// <param name="WithAreas">Whether its restriction areas in force are wanted.</param>
/// <param name="Deposits">The rectangle whose deposits are wanted; null for none.</param>
/// <param name="Commodities">Of which commodities deposits are wanted, one or the other; empty for any.</param>
public sealed record OpenGroundQuery(bool WithCells, bool WithAreas, BoundingBox? Deposits, IReadOnlyList<string> Commodities)
{
    /// <summary>When the ground is looked at; null for now.</summary>
    public GroundAsAt? AsAt { get; init; }
}

/// <summary>What a sheet knows of open ground.</summary>
/// <param name="FreeCells">
/// One bit for each cell of the sheet, set where it can be applied for: in the order of places in the sheet, the lowest bit of a byte
/// first. Empty when it was not asked for.
/// </param>
/// <param name="Areas">Its restriction areas in force, of every effect; one that lies on several sheets is given by each.</param>
/// <param name="Deposits">Deposits that lie on it; one that lies on several sheets is given by each.</param>
public sealed record OpenGroundPart(byte[] FreeCells, IReadOnlyList<NearbyArea> Areas, IReadOnlyList<NearbyDeposit> Deposits);

/// <summary>A restriction area near open ground.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Geometry">The area without its buffer, in degrees.</param>
/// <param name="BufferMetres">How far around it the effect reaches.</param>
public sealed record NearbyArea(string Id, Geometry Geometry, double BufferMetres);

/// <summary>A deposit near open ground.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Longitude">Of its point, in degrees; of a polygon, of a point inside.</param>
/// <param name="Latitude">Of the same point.</param>
public sealed record NearbyDeposit(string Id, string Name, double Longitude, double Latitude);
