using Orleans.Placement;

namespace Registry.Grains.Placement;

/// <summary>
/// Places the grain of a sheet on the silo that ranks highest for it by a hash of both names (rendezvous hashing, Thaler and Ravishankar,
/// 1998): keys spread evenly over few silos, and a silo that comes or goes moves only its own share.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RendezvousPlacementAttribute() : PlacementAttribute(new RendezvousPlacement());

/// <inheritdoc cref="RendezvousPlacementAttribute"/>
[GenerateSerializer, Immutable]
public sealed class RendezvousPlacement : PlacementStrategy;
