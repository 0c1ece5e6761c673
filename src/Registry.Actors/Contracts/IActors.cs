using Registry.Core.Ground;

namespace Registry.Actors.Contracts;

/// <summary>How one reaches an actor: the same calls whether it runs in this process, on another silo, or under a simulation.</summary>
/// <remarks>A call can end with an <see cref="ActorUnavailableException"/>: whether it was carried out is then not known.</remarks>
public interface IActors
{
    /// <summary>The license block of an id.</summary>
    ILicenseBlock LicenseBlock(string id);

    /// <summary>The deposit of an id.</summary>
    IDeposit Deposit(string id);

    /// <summary>The restriction area of an id.</summary>
    IArea Area(string id);

    /// <summary>The party of an id.</summary>
    IParty Party(string id);

    /// <summary>A sheet.</summary>
    ISheet Sheet(SheetId sheet);

    /// <summary>Pages of several sheets at once, in the order in which they are asked for. Each is as its sheet stands at an instant of its own.</summary>
    async Task<IReadOnlyList<SheetPage>> Query(SheetsQuery query) => await query.AskEach(this);

    /// <summary>The import of an id.</summary>
    IImport Import(string id);
}

/// <summary>An actor did not answer; whether it carried the call out is not known.</summary>
public sealed class ActorUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
