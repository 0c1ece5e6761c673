using System.Text.Json;
using Registry.Core;

namespace Registry.Actors.Contracts;

/// <summary>One import that was accepted. Whoever asks for it also sets it going, if nobody carries it out.</summary>
public interface IImport
{
    /// <summary>How far it is; null when it was never accepted, or is forgotten.</summary>
    Task<ImportProgress?> Progress();

    /// <summary>How far it is and what was refused; null when it was never accepted, or is forgotten.</summary>
    Task<ImportReport?> Report();
}

/// <summary>How far an import is. Until it has ended it may fall back: another silo that takes it over goes through it anew.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Total">How many features the file has, as far as it could be read.</param>
/// <param name="Done">How many were registered or refused.</param>
/// <param name="Registered">How many are registered.</param>
/// <param name="Repeated">How many of those an earlier run, or an earlier import under the same key, had registered.</param>
/// <param name="Refused">How many were refused.</param>
/// <param name="EndedAt">When it was over; null before.</param>
/// <param name="Why">Why the whole was refused, or failed; null otherwise, and when the registry itself is at fault.</param>
public sealed record ImportProgress(
    ImportState State, long Total, long Done, long Registered, long Repeated, long Refused, DateTimeOffset? EndedAt, Refusal? Why)
{
    /// <summary>Of an import that nobody carries out yet.</summary>
    /// <param name="total">How many features its file has.</param>
    public static ImportProgress None(long total) => new(ImportState.Waiting, total, 0, 0, 0, 0, null, null);
}

/// <summary>How far an import is, with what was refused.</summary>
/// <param name="Progress">How far.</param>
/// <param name="Refusals">The first thousand that were refused, in the file's order.</param>
public sealed record ImportReport(ImportProgress Progress, IReadOnlyList<ImportRefusal> Refusals)
{
    /// <summary>As it is kept of an import that has ended.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ImportJson.Default.ImportReport);

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    public static ImportReport Of(byte[] bytes) => JsonSerializer.Deserialize(bytes, ImportJson.Default.ImportReport)!;
}

/// <summary>A feature that was refused.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="FeatureId">What the file calls it; null where it has no name.</param>
/// <param name="Refusal">Why; pointers are relative to the feature.</param>
public sealed record ImportRefusal(long Index, string? FeatureId, Refusal Refusal);

/// <summary>What an import is doing.</summary>
public enum ImportState
{
    /// <summary>Nobody carries it out yet.</summary>
    Waiting,

    /// <summary>Features are being registered.</summary>
    Running,

    /// <summary>Every feature was registered or refused.</summary>
    Done,

    /// <summary>Nothing was registered: the file as a whole was refused.</summary>
    Refused,

    /// <summary>It stopped in the middle, by no fault of the file; sent again under the same key it goes on.</summary>
    Failed,
}

/// <summary>What follows from the state of an import.</summary>
public static class ImportStates
{
    /// <summary>Whether nothing more will happen.</summary>
    public static bool IsEnded(this ImportState state) => state is ImportState.Done or ImportState.Refused or ImportState.Failed;
}
