using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace Registry.Grains.Placement;

/// <summary>Places a grain on the silo whose name is its key; where there is none, on any.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

/// <inheritdoc cref="NamedSiloPlacementAttribute"/>
[GenerateSerializer, Immutable]
public sealed class NamedSiloPlacement : PlacementStrategy;

/// <inheritdoc cref="NamedSiloPlacementAttribute"/>
/// <param name="membership">Who is in the cluster.</param>
internal sealed class NamedSilo(IClusterMembershipService membership) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var name = target.GrainIdentity.Key.ToString();
        var members = membership.CurrentSnapshot.Members;
        var silos = context.GetCompatibleSilos(target);
        return silos.Length == 0
            ? throw new SiloUnavailableException("No silo is there to place the grain on.")
            : Task.FromResult(Array.Find(silos, silo => members.TryGetValue(silo, out var member) && member.Name == name) ?? silos[0]);
    }
}
