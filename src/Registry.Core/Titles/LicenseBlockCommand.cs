using System.Text.Json.Serialization;
using NetTopologySuite.Geometries;
using Registry.Core.Ground;

namespace Registry.Core.Titles;

/// <summary>What may be asked of a license block.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(Apply), "apply")]
[JsonDerivedType(typeof(Grant), "grant")]
[JsonDerivedType(typeof(Refuse), "refuse")]
[JsonDerivedType(typeof(Withdraw), "withdraw")]
[JsonDerivedType(typeof(Relinquish), "relinquish")]
[JsonDerivedType(typeof(Surrender), "surrender")]
[JsonDerivedType(typeof(Expire), "expire")]
[JsonDerivedType(typeof(Reconsider), "reconsider")]
public abstract record LicenseBlockCommand;

/// <summary>File an application.</summary>
/// <param name="Kind">What the license block is for.</param>
/// <param name="Holder">Who applies.</param>
/// <param name="Cells">The ground, or the cells that <paramref name="Polygon"/> touches.</param>
/// <param name="Polygon">The ground where it is a polygon.</param>
/// <param name="Commodities">The minerals sought.</param>
/// <param name="QueueIfTaken">Whether to stand in line over ground under another's undecided application.</param>
public sealed record Apply(
    LicenseBlockKind Kind,
    Holder Holder,
    CellSet Cells,
    Geometry? Polygon,
    IReadOnlyList<string> Commodities,
    bool QueueIfTaken) : LicenseBlockCommand;

/// <summary>The registrar grants the title.</summary>
public sealed record Grant : LicenseBlockCommand;

/// <summary>The registrar refuses the application.</summary>
/// <param name="Reason">Why, for the applicant.</param>
public sealed record Refuse(string Reason) : LicenseBlockCommand;

/// <summary>The applicant takes the application back.</summary>
public sealed record Withdraw : LicenseBlockCommand;

/// <summary>The holder gives up part of the ground.</summary>
/// <param name="Cells">The cells to give up; not all of them.</param>
public sealed record Relinquish(CellSet Cells) : LicenseBlockCommand;

/// <summary>The holder gives up the title.</summary>
public sealed record Surrender : LicenseBlockCommand;

/// <summary>The registry ends a title whose term is over.</summary>
public sealed record Expire : LicenseBlockCommand;

/// <summary>The registry looks again at a queued application.</summary>
public sealed record Reconsider : LicenseBlockCommand;
