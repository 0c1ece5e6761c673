using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Journal;
using Registry.Core.Deposits;
using Registry.Core.Importing.Sources;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Gateway.Deposits;
using Registry.Gateway.LicenseBlocks;
using Registry.Gateway.Parties;
using Registry.Gateway.Problems;
using Registry.Gateway.Writing;

namespace Registry.Gateway.Imports;

/// <summary>Reads features into what the actors take, and registers them one at a time.</summary>
/// <param name="actors">Register them.</param>
/// <param name="regime">The law.</param>
internal sealed class FeatureFiling(IActors actors, Regime regime)
{
    /// <summary>Registers a feature by itself, under its own key.</summary>
    /// <returns>Whether an earlier import under the key had registered it, or why it is refused.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">An actor did not answer.</exception>
    public async ValueTask<(bool IsRepeat, Problem? Problem)> Register(ImportJob job, SourceFeature feature)
    {
        var key = job.Keys.Of(feature.Index);
        var request = new Request(Guid.NewGuid().ToString("N"), job.Caller, key);
        var id = ObjectId.From(job.Order.Collection, key);
        if (job.Order.Collection == Collection.LicenseBlocks)
        {
            var (application, problem) = await Application(job, feature);
            return application is null ? (false, problem) : Outcome(await actors.LicenseBlock(id).Carry(request, application));
        }

        var (deposit, fault) = Deposit(job, feature);
        return deposit is null ? (false, fault) : Outcome(await actors.Deposit(id).Register(request, deposit with { Id = id }));
    }

    /// <summary>The application that a feature is.</summary>
    private async ValueTask<(Apply? Application, Problem? Problem)> Application(ImportJob job, SourceFeature feature)
    {
        if (ImportedFeature.Read(feature, job.Order, body => ApplicationForm.Read(body, regime), out var form) is { } problem)
            return (null, problem);
        if (form!.Unsnapped is { } unsnapped)
            return (null, ImportedFeature.InFeature(unsnapped));
        var (holder, refusal) = await Holders.Find(actors, job.Caller, form.Holder ?? job.Order.Holder);
        return holder is null ? (null, ImportedFeature.InFeature(refusal!)) : (form.ToCommand(holder), null);
    }

    /// <summary>The deposit that a feature is, without its id.</summary>
    private (DepositState? Deposit, Problem? Problem) Deposit(ImportJob job, SourceFeature feature)
    {
        if (ImportedFeature.Read(feature, job.Order, DepositForm.Read, out var form) is { } problem)
            return (null, problem);
        return DepositGround.Check(regime, form!.Geometry) is { } refusal ? (null, ImportedFeature.InFeature(refusal)) : (form, null);
    }

    private static (bool IsRepeat, Problem? Problem) Outcome<TState>(Answer<TState> answer)
        where TState : class => (answer.IsRepeat, answer.Refusal is { } refusal ? ImportedFeature.InFeature(refusal) : null);
}
