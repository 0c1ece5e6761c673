using Orleans.Runtime.Placement;
using Registry.Core.Ground;
using Registry.Core.Law;

namespace Registry.Grains.Placement;

/// <summary>Knows on which silo the grain of a sheet is at home, by <see cref="SheetHomes"/>.</summary>
/// <remarks>
/// Silos rank by name, which outlives a restart, not by address: a pod of a stateful set that comes back gets its sheets back.
/// </remarks>
/// <param name="membership">Who is in the cluster.</param>
/// <param name="here">This silo.</param>
/// <param name="regime">Says which sheets there are. Any other is placed by rank alone.</param>
public sealed class RendezvousHome(IClusterMembershipService membership, ILocalSiloDetails here, Regime regime) : IPlacementDirector
{
    private readonly int[] _sheets = [.. regime.Jurisdiction.Sheets.Select(sheet => sheet.Number)];
    private Standing? _standing;

    /// <summary>Whether this silo is the grain's home.</summary>
    public bool IsHere(GrainId grain) => PlanNow() is not { } plan || plan.HomeOf(grain).Equals(here.SiloAddress);

    /// <summary>Those of some sheets that are not at home on a silo, with where they are; none while no silo is known to be active.</summary>
    public IReadOnlyList<(SheetId Sheet, SiloAddress Home)> NotOn(SiloAddress? silo, IEnumerable<SheetId> sheets)
    {
        var homes = new List<(SheetId, SiloAddress)>();
        if (PlanNow() is not { } plan)
            return homes;
        foreach (var sheet in sheets)
        {
            var home = plan.HomeOf(sheet.Number);
            if (!home.Equals(silo))
                homes.Add((sheet, home));
        }

        return homes;
    }

    /// <summary>The active silos, with their names.</summary>
    public IEnumerable<(SiloAddress Address, string Name)> Silos() => PlanNow() is { } plan ? plan.Silos.Zip(plan.Names) : [];

    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(PlanFor(membership.CurrentSnapshot, context.GetCompatibleSilos(target))?.HomeOf(target.GrainIdentity)
            ?? throw new SiloUnavailableException("No silo is there to place the grain on."));

    // Asked with every message: worked out once for each change of the membership.
    private Plan? PlanNow()
    {
        var (now, standing) = (membership.CurrentSnapshot, _standing);
        if (standing?.Of != now)
        {
            var active = now.Members.Values.Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress);
            _standing = standing = new Standing(now, PlanFor(now, active));
        }

        return standing.Plan;
    }

    // Null: there is no silo.
    private Plan? PlanFor(ClusterMembershipSnapshot members, IEnumerable<SiloAddress> silos)
    {
        SiloAddress[] addresses = [.. silos.Order()];
        string[] names = [.. addresses.Select(silo => members.Members.TryGetValue(silo, out var member) ? member.Name : silo.ToString())];
        return addresses.Length == 0 ? null : new Plan(addresses, names, SheetHomes.Of(_sheets, names));
    }

    /// <summary>The homes for one set of silos.</summary>
    private sealed record Plan(SiloAddress[] Silos, string[] Names, IReadOnlyDictionary<int, int> Homes)
    {
        /// <summary>The home of the grain of a sheet.</summary>
        public SiloAddress HomeOf(GrainId grain) => HomeOf((int)grain.GetIntegerKey());

        /// <summary>The home of a sheet, by its number.</summary>
        public SiloAddress HomeOf(int sheet) => Silos[Homes.TryGetValue(sheet, out var home)
            ? home
            : Enumerable.Range(0, Silos.Length).MaxBy(silo => SheetHomes.Rank(sheet, Names[silo]))];
    }

    private sealed record Standing(ClusterMembershipSnapshot Of, Plan? Plan);
}
