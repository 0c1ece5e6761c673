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
    private Plan? _plan;
    private Standing? _standing;

    /// <summary>Whether this silo is the grain's home.</summary>
    public bool IsHere(GrainId grain) => HomeOf(grain, ActiveSilos()) is not { } home || home.Equals(here.SiloAddress);

    /// <summary>Those of some sheets that are not at home on a silo, with where they are; none while no silo is known to be active.</summary>
    public IReadOnlyList<(SheetId Sheet, SiloAddress Home)> NotOn(SiloAddress? silo, IEnumerable<SheetId> sheets)
    {
        var homes = new List<(SheetId, SiloAddress)>();
        if (PlanNow() is not { } plan)
            return homes;
        foreach (var sheet in sheets)
        {
            var home = plan.Silos[plan.HomeOf(sheet.Number)];
            if (!home.Equals(silo))
                homes.Add((sheet, home));
        }

        return homes;
    }

    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(HomeOf(target.GrainIdentity, context.GetCompatibleSilos(target))
            ?? throw new SiloUnavailableException("No silo is there to place the grain on."));

    private IEnumerable<SiloAddress> ActiveSilos() => membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status == SiloStatus.Active).Select(member => member.SiloAddress);

    // Asked with every message: worked out once for each change of the membership.
    private Plan? PlanNow()
    {
        var (now, standing) = (membership.CurrentSnapshot, _standing);
        if (standing?.Of != now)
            _standing = standing = new Standing(now, PlanFor(ActiveSilos()));
        return standing.Plan;
    }

    private SiloAddress? HomeOf(GrainId grain, IEnumerable<SiloAddress> silos) =>
        PlanFor(silos) is { } plan ? plan.Silos[plan.HomeOf((int)grain.GetIntegerKey())] : null;

    // Null: there is no silo.
    private Plan? PlanFor(IEnumerable<SiloAddress> silos)
    {
        SiloAddress[] addresses = [.. silos.Order()];
        if (addresses.Length == 0)
            return null;
        var plan = _plan;
        return plan is not null && plan.Silos.SequenceEqual(addresses) ? plan : _plan = MakePlan(addresses);
    }

    private Plan MakePlan(SiloAddress[] silos)
    {
        var members = membership.CurrentSnapshot.Members;
        string[] names = [.. silos.Select(silo => members.TryGetValue(silo, out var member) ? member.Name : silo.ToString())];
        return new Plan(silos, names, SheetHomes.Of(_sheets, names));
    }

    /// <summary>The homes for one set of silos; made anew when that changes.</summary>
    private sealed record Plan(SiloAddress[] Silos, string[] Names, IReadOnlyDictionary<int, int> Homes)
    {
        /// <summary>The place of a sheet's home in the list of silos.</summary>
        public int HomeOf(int sheet) => Homes.TryGetValue(sheet, out var home)
            ? home
            : Enumerable.Range(0, Silos.Length).MaxBy(silo => SheetHomes.Rank(sheet, Names[silo]));
    }

    private sealed record Standing(ClusterMembershipSnapshot Of, Plan? Plan);
}
