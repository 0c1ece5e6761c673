using Registry.Actors.Contracts;
using Registry.Core;

namespace Registry.Actors.Imports;

/// <summary>Counts what becomes of the features of an import, in one run. For the import's own turn alone.</summary>
/// <param name="total">How many features there are.</param>
internal sealed class ImportTally(long total)
{
    // Beyond them refusals are counted without their reasons.
    private const int MostRefusals = 1_000;

    private readonly List<ImportRefusal> _refusals = [];

    /// <summary>How far the import is.</summary>
    public ImportProgress Progress { get; private set; } = ImportProgress.None(total) with { State = ImportState.Running };

    /// <summary>The same with what was refused.</summary>
    public ImportReport Report => new(Progress, [.. _refusals]);

    /// <summary>Features were registered.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isRepeat">Whether that had been done before.</param>
    public void Registered(int count, bool isRepeat) => Progress = Progress with
    {
        Done = Progress.Done + count,
        Registered = Progress.Registered + count,
        Repeated = Progress.Repeated + (isRepeat ? count : 0),
    };

    /// <summary>A feature was refused.</summary>
    public void Refuse(ImportItem item, Refusal refusal)
    {
        if (_refusals.Count < MostRefusals)
            _refusals.Add(new ImportRefusal(item.Index, item.FeatureId, refusal));
        Progress = Progress with { Done = Progress.Done + 1, Refused = Progress.Refused + 1 };
    }

    /// <summary>What is kept of an import that ends so.</summary>
    /// <param name="state">How it ends.</param>
    /// <param name="why">Why the whole was refused, or failed.</param>
    /// <param name="at">When.</param>
    public ImportReport Ended(ImportState state, Refusal? why, DateTimeOffset at) =>
        Report with { Progress = Progress with { State = state, Why = why, EndedAt = at } };
}
