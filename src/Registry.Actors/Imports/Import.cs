using Microsoft.Extensions.Logging;
using Registry.Actors.Contracts;

namespace Registry.Actors.Imports;

/// <summary>
/// The actor of one import. It carries the import out beside its messages, in its own turn, and knows nothing that it would miss: whoever
/// comes after it goes through the content anew, and each feature's key sees to it that nothing is registered twice.
/// </summary>
/// <remarks>
/// Should two activations carry out the same import, the later run fences the earlier one: only it can end the import.
/// </remarks>
/// <param name="id">The import's id.</param>
/// <param name="ports">The world.</param>
/// <param name="log">Where faults of ours are told.</param>
public class Import(string id, ActorPorts ports, ILogger<Import> log) : IImport, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private ImportRun? _run;
    private Task _work = Task.CompletedTask;

    /// <summary>Whether it is being carried out here.</summary>
    public bool IsUnderWay => !_work.IsCompleted;

    /// <inheritdoc/>
    public async Task<ImportProgress?> Progress() => await Wake() is { } ended ? ended.Progress : _run?.Progress;

    /// <inheritdoc/>
    public async Task<ImportReport?> Report() => await Wake() ?? _run?.Report;

    /// <summary>Leaves the import where it is, for another activation to carry on; ends when nothing of it is under way here.</summary>
    public async Task Stop()
    {
        await _stopping.CancelAsync();
        await _work;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    // What came of it when it has ended; null when it is under way, or there is none.
    private async Task<ImportReport?> Wake()
    {
        if (IsUnderWay)
            return null;
        _run = null;
        while (await ports.Journal.FindImport(id) is { Order: { } order } kept)
        {
            if (kept.End is { } end)
                return ImportReport.Of(end.Outcome);
            if (_stopping.IsCancellationRequested)
                throw new ActorUnavailableException("The import is carried on elsewhere.");
            if (await ports.Journal.BeginRun(id) is not { } number)
                continue;
            _run = new ImportRun(kept, AcceptedImport.Of(order), number, ports, log);
            _work = Carry(_run);
            break;
        }

        return null;
    }

    // How it ended the journal knows, and a thousand refusals are much to keep for an actor that nobody asks any more.
    private async Task Carry(ImportRun run)
    {
        await run.Carry(_stopping.Token);
        _run = null;
    }
}
