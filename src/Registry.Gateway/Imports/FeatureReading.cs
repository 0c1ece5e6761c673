using Registry.Actors.Contracts;
using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Deposits;
using Registry.Core.Law;
using Registry.Core.Titles;
using Registry.Formats.Features;
using Registry.Gateway.Deposits;
using Registry.Gateway.LicenseBlocks;
using Registry.Gateway.Objects;
using Registry.Gateway.Parties;

namespace Registry.Gateway.Imports;

/// <summary>Reads the features of one file into what the actors take.</summary>
/// <param name="order">What was asked.</param>
/// <param name="keys">The import's idempotency keys.</param>
/// <param name="caller">Who asks.</param>
/// <param name="actors">Know the parties.</param>
/// <param name="regime">The law.</param>
internal sealed class FeatureReading(ImportOrder order, ImportKeys keys, Caller caller, IActors actors, Regime regime)
{
    // Most files name one holder, or none. One that names another with each feature has each asked for, and fills no memory.
    private const int MostHolders = 1_000;

    private readonly FeatureMembers _members = ImportedFeature.MembersOf(order);
    private readonly Dictionary<string, (Holder? Holder, Refusal? Refusal)> _holders = new(StringComparer.Ordinal);

    /// <summary>The names of properties that the collection has no use for, of the features that were read.</summary>
    public IReadOnlyCollection<string> Unread => _members.Unread;

    /// <summary>What is to be registered of a feature, or why nothing can be.</summary>
    /// <exception cref="JournalUnavailableException">The storage failed.</exception>
    /// <exception cref="ActorUnavailableException">An actor did not answer.</exception>
    public async ValueTask<ImportItem> Read(SourceFeature feature)
    {
        var key = keys.Of(feature.Index);
        var item = new ImportItem(feature.Index, feature.Id, ObjectId.From(order.Collection, key), key.Id);
        if (order.Collection == Collection.LicenseBlocks)
        {
            var (application, refusal) = await Application(feature);
            return item with { Application = application, Refusal = refusal };
        }

        var (deposit, fault) = Deposit(feature);
        return item with { Deposit = deposit is null ? null : deposit with { Id = item.Id }, Refusal = fault };
    }

    private async ValueTask<(Apply? Application, Refusal? Refusal)> Application(SourceFeature feature)
    {
        if (ImportedFeature.Read(feature, order, _members, body => ApplicationForm.Read(body, regime), out var form) is { } fault)
            return (null, fault);
        if (form!.Unsnapped is { } unsnapped)
            return (null, ImportedFeature.InFeature(unsnapped));
        var (holder, refusal) = await Holder(form.Holder ?? order.Holder);
        return holder is null ? (null, ImportedFeature.InFeature(refusal!)) : (form.ToCommand(holder), null);
    }

    private async ValueTask<(Holder? Holder, Refusal? Refusal)> Holder(string? named)
    {
        // No party has an empty id.
        if (_holders.TryGetValue(named ?? "", out var known))
            return known;
        var found = await Holders.Find(actors, caller, named);
        if (_holders.Count < MostHolders)
            _holders.Add(named ?? "", found);
        return found;
    }

    private (DepositState? Deposit, Refusal? Refusal) Deposit(SourceFeature feature)
    {
        if (ImportedFeature.Read(feature, order, _members, DepositForm.Read, out var form) is { } fault)
            return (null, fault);
        return DepositGround.Check(regime, form!.Geometry) is { } refusal ? (null, ImportedFeature.InFeature(refusal)) : (form, null);
    }
}
