namespace Registry.Core;

/// <summary>What a license block is for.</summary>
public enum LicenseBlockKind
{
    /// <summary>Exploration of solid minerals, over cells.</summary>
    Exploration,

    /// <summary>Mining, over a polygon.</summary>
    Mining,

    /// <summary>A contract older than the Code of 2018, over a polygon.</summary>
    Contract,

    /// <summary>Geological study, over cells that others may hold too.</summary>
    GeologicalStudy,
}

/// <summary>Where a license block stands.</summary>
public enum LicenseBlockStatus
{
    /// <summary>Filed; first in line over all of its ground; not decided.</summary>
    Applied,

    /// <summary>Filed behind another application over some of its ground; not decided.</summary>
    Queued,

    /// <summary>In force.</summary>
    Granted,

    /// <summary>In force, its exercise suspended.</summary>
    Suspended,

    /// <summary>The application was refused.</summary>
    Refused,

    /// <summary>The applicant took the application back.</summary>
    Withdrawn,

    /// <summary>The term ended.</summary>
    Expired,

    /// <summary>The holder gave the title up.</summary>
    Surrendered,

    /// <summary>The title was taken away.</summary>
    Revoked,
}

/// <summary>What kinds and statuses mean for ground.</summary>
public static class LicenseBlockStatuses
{
    /// <summary>Whether a title of this kind keeps others off its ground. Several geological studies may lie over one another.</summary>
    public static bool IsExclusive(this LicenseBlockKind kind) => kind != LicenseBlockKind.GeologicalStudy;

    /// <summary>Whether a license block of this status keeps others off its ground, or stands in line for it.</summary>
    public static bool IsStanding(this LicenseBlockStatus status) =>
        status is LicenseBlockStatus.Applied or LicenseBlockStatus.Queued or LicenseBlockStatus.Granted or LicenseBlockStatus.Suspended;

    /// <summary>Whether an application of this status awaits its decision.</summary>
    public static bool IsUndecided(this LicenseBlockStatus status) =>
        status is LicenseBlockStatus.Applied or LicenseBlockStatus.Queued;

    /// <summary>Whether a title of this status is in force.</summary>
    public static bool IsInForce(this LicenseBlockStatus status) =>
        status is LicenseBlockStatus.Granted or LicenseBlockStatus.Suspended;
}
