using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;

namespace Registry.Gateway.Imports;

/// <summary>An import as it is shown: what was asked, and how far it is.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Asked">What was asked.</param>
/// <param name="Report">How far it is.</param>
internal sealed record ShownImport(string Id, AcceptedImport Asked, ImportReport Report);

/// <summary>Finds imports, from whichever process they are carried out in.</summary>
/// <param name="kept">Keeps imports.</param>
/// <param name="actors">Carry them out.</param>
/// <param name="logger">Where faults of ours are told.</param>
internal sealed class ImportLookup(IKeptImports kept, IActors actors, ILogger<ImportLookup> logger)
{
    /// <summary>What was asked, when the import is there for who asks for it; null when it is not.</summary>
    /// <remarks>To others an import is not there: its id would tell them that somebody files.</remarks>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    public async Task<(KeptImport Import, AcceptedImport Asked)?> Find(string id, Caller caller) =>
        ImportKeys.IsPossibleId(id) && await kept.FindImport(id) is { Order: { } order } import && AcceptedImport.Of(order) is var asked
            && (asked.Caller.Owner == caller.Owner || caller.Role == Role.Registrar)
            ? (import, asked)
            : null;

    /// <summary>How far an import is; null when it is forgotten meanwhile.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">It is being carried out, and its actor did not answer.</exception>
    public async Task<ShownImport?> Show(KeptImport import, AcceptedImport asked) =>
        import.End is { } end ? new ShownImport(import.Id, asked, ImportReport.Of(end.Outcome))
        : await actors.Import(import.Id).Report() is { } report ? new ShownImport(import.Id, asked, report)
        : null;

    /// <summary>The same of one that was accepted just now: whether or not anybody answers for it, it is there.</summary>
    public async Task<ShownImport> ShowAccepted(KeptImport import)
    {
        var asked = AcceptedImport.Of(import.Order!);
        try
        {
            if (await Show(import, asked) is { } shown)
                return shown;
        }
        catch (Exception fault) when (fault is JournalUnavailableException or ActorUnavailableException)
        {
            logger.LogWarning(fault, "Import {Import} was accepted and waits to be carried out", import.Id);
        }

        return new ShownImport(import.Id, asked, new ImportReport(ImportProgress.None(asked.Total), []));
    }

    /// <summary>How far an import is, without what was refused; null when it is forgotten meanwhile.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">Its actor did not answer.</exception>
    public Task<ImportProgress?> Progress(string id) => actors.Import(id).Progress();
}
