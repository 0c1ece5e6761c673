using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.Titles;

/// <summary>A change of a license block, as the journal keeps it. The discriminator is the <c>type</c> that a history shows.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Applied), "applied")]
[JsonDerivedType(typeof(Reconsidered), "reconsidered")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Relinquished), "relinquished")]
[JsonDerivedType(typeof(Surrendered), "surrendered")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Withheld), "withheld")]
public abstract record LicenseBlockEvent;

/// <summary>An application was filed.</summary>
/// <param name="Id">The license block's id.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Holder">Who applied.</param>
/// <param name="Cells">The cells that it claims or stands in line for.</param>
/// <param name="Polygon">The ground itself where it is a polygon.</param>
/// <param name="Commodities">The minerals sought.</param>
/// <param name="Queued">Whether it stands behind another application.</param>
public sealed record Applied(
    string Id,
    LicenseBlockKind Kind,
    Holder Holder,
    CellSet Cells,
    Geometry? Polygon,
    IReadOnlyList<string> Commodities,
    bool Queued) : LicenseBlockEvent;

/// <summary>A queued application was looked at again after one before it was decided.</summary>
/// <param name="Struck">Cells struck out because they were granted to an earlier application.</param>
/// <param name="Queued">Whether it still stands behind another.</param>
public sealed record Reconsidered(CellSet Struck, bool Queued) : LicenseBlockEvent;

/// <summary>The title was granted.</summary>
/// <param name="Number">The title's number.</param>
/// <param name="GrantedOn">The date of the grant.</param>
/// <param name="ExpiresOn">The last day of the term.</param>
public sealed record Granted(string Number, DateOnly GrantedOn, DateOnly ExpiresOn) : LicenseBlockEvent;

/// <summary>The application was refused.</summary>
/// <param name="Reason">Why, for the applicant.</param>
public sealed record Refused([property: Erasable] string Reason) : LicenseBlockEvent;

/// <summary>The applicant took the application back.</summary>
public sealed record Withdrawn : LicenseBlockEvent;

/// <summary>The holder gave up part of the ground.</summary>
/// <param name="Cells">The cells given up.</param>
public sealed record Relinquished(CellSet Cells) : LicenseBlockEvent;

/// <summary>The holder gave up the title.</summary>
public sealed record Surrendered : LicenseBlockEvent;

/// <summary>The term ended.</summary>
public sealed record Expired : LicenseBlockEvent;

/// <summary>Names or texts of the title were erased; what is shown in their place says so. Nothing else changed.</summary>
public sealed record Withheld : LicenseBlockEvent;
