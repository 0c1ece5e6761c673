using Registry.Actors;
using Registry.Actors.Features;
using Registry.Actors.Journal;
using Registry.Core;
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

/// <summary>Reads features into what the actors take, and registers them one at a time or all together.</summary>
/// <param name="actors">Register them.</param>
/// <param name="together">Registers several in one transaction.</param>
/// <param name="regime">The law.</param>
/// <param name="clock">The registry's clock.</param>
internal sealed class FeatureFiling(IActors actors, JointRegistration together, Regime regime, TimeProvider clock)
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

    /// <summary>What would be registered of a feature together with others.</summary>
    /// <returns>The object, or why there can be none.</returns>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">An actor did not answer.</exception>
    public async ValueTask<(NewObject? Object, Problem? Problem)> Prepare(ImportJob job, SourceFeature feature)
    {
        var key = job.Keys.Of(feature.Index);
        var id = ObjectId.From(job.Order.Collection, key);
        if (job.Order.Collection == Collection.LicenseBlocks)
        {
            var (application, problem) = await Application(job, feature);
            if (application is null)
                return (null, problem);
            var today = regime.Calendar.DateOf(clock.GetUtcNow());
            return Outcome(NewObject.Of(regime, id, key, job.Caller, application, today));
        }

        var (deposit, fault) = Deposit(job, feature);
        return deposit is null ? (null, fault) : Outcome(NewObject.Of(regime, key, job.Caller, deposit with { Id = id }));
    }

    /// <summary>Registers objects in one transaction.</summary>
    /// <returns>Whether an earlier import under the key had registered them, and why none is registered, by the objects' places or -1 for all.</returns>
    /// <exception cref="ActorUnavailableException">A sheet did not answer.</exception>
    public async ValueTask<(bool IsRepeat, IReadOnlyList<(int Index, Problem Problem)> Problems)> RegisterTogether(IReadOnlyList<NewObject> objects)
    {
        var answer = await together.Register(Guid.NewGuid().ToString("N"), objects);
        return (answer.IsRepeat, [.. answer.Refusals.Select(refusal => (refusal.Index, ImportedFeature.InFeature(refusal.Refusal)))]);
    }

    private static (NewObject? Object, Problem? Problem) Outcome((NewObject? Object, Refusal? Refusal) prepared) =>
        (prepared.Object, prepared.Refusal is { } refusal ? ImportedFeature.InFeature(refusal) : null);

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
