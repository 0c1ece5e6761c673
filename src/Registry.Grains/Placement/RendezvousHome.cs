using System.IO.Hashing;
using System.Text;
using Orleans.Runtime.Placement;

namespace Registry.Grains.Placement;

/// <summary>Knows on which silo a grain is at home.</summary>
/// <remarks>
/// Silos rank by name, which outlives a restart, not by address: a pod of a stateful set that comes back gets its sheets back.
/// </remarks>
/// <param name="membership">Who is in the cluster.</param>
/// <param name="here">This silo.</param>
public sealed class RendezvousHome(IClusterMembershipService membership, ILocalSiloDetails here) : IPlacementDirector
{
    /// <summary>Whether this silo is the grain's home.</summary>
    public bool IsHere(GrainId grain)
    {
        var members = membership.CurrentSnapshot.Members.Values;
        return HomeOf(grain, members.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress)) is not { } home
            || home.Equals(here.SiloAddress);
    }

    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(HomeOf(target.GrainIdentity, context.GetCompatibleSilos(target))
            ?? throw new SiloUnavailableException("No silo is there to place the grain on."));

    private SiloAddress? HomeOf(GrainId grain, IEnumerable<SiloAddress> silos)
    {
        var members = membership.CurrentSnapshot.Members;
        return silos.MaxBy(silo => (Rank(grain, members.TryGetValue(silo, out var member) ? member.Name : silo.ToString()), silo));
    }

    private static ulong Rank(GrainId grain, string silo)
    {
        var name = $"{grain}@{silo}";
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name));
    }
}
