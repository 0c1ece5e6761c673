using Registry.Actors.Contracts;
using Registry.Core.Law;

namespace Registry.Actors.Hosting;

/// <summary>Has the actors load before the first question comes.</summary>
public static class ActorsLoading
{
    /// <summary>Asks every sheet of the jurisdiction something, so that it is loaded wherever it is hosted.</summary>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public static Task LoadSheets(this IActors actors, Regime regime, CancellationToken cancellation) =>
        Task.WhenAll(regime.Jurisdiction.Sheets.Select(sheet => actors.Sheet(sheet).Figures())).WaitAsync(cancellation);
}
