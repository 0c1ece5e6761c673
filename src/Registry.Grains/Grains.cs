using Registry.Actors;
using Registry.Actors.Contracts;
using Registry.Actors.Titles;

namespace Registry.Grains;

/// <summary>The grain of one license block: the actor of <c>Registry.Actors</c>, hosted by Orleans.</summary>
public interface ILicenseBlockGrain : ILicenseBlock, IGrainWithStringKey;

/// <inheritdoc cref="ILicenseBlockGrain"/>
public sealed class LicenseBlockGrain(IGrainContext context, ActorPorts ports, LocalActors local)
    : LicenseBlock(context.GrainId.Key.ToString()!, ports), ILicenseBlockGrain, IGrainBase
{
    private Departure? _departure;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <summary>From now on, who is near may read it.</summary>
    public Task OnActivateAsync(CancellationToken token)
    {
        local.Add(Stream.Id, this);
        return Task.CompletedTask;
    }

    /// <summary>Nobody may read it any more.</summary>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        local.Remove(Stream.Id, this);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnEmpty() => (_departure ??= new Departure(this, () => IsEmpty)).Plan();
}

/// <summary>The grain of one deposit.</summary>
public interface IDepositGrain : IDeposit, IGrainWithStringKey;

/// <inheritdoc cref="IDepositGrain"/>
public sealed class DepositGrain(IGrainContext context, ActorPorts ports)
    : Deposit(context.GrainId.Key.ToString()!, ports), IDepositGrain, IGrainBase
{
    private Departure? _departure;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    protected override void OnEmpty() => (_departure ??= new Departure(this, () => IsEmpty)).Plan();
}

/// <summary>The grain of one restriction area.</summary>
public interface IAreaGrain : IArea, IGrainWithStringKey;

/// <inheritdoc cref="IAreaGrain"/>
public sealed class AreaGrain(IGrainContext context, ActorPorts ports)
    : Area(context.GrainId.Key.ToString()!, ports), IAreaGrain, IGrainBase
{
    private Departure? _departure;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    protected override void OnEmpty() => (_departure ??= new Departure(this, () => IsEmpty)).Plan();
}

/// <summary>The grain of one party.</summary>
public interface IPartyGrain : IParty, IGrainWithStringKey;

/// <inheritdoc cref="IPartyGrain"/>
public sealed class PartyGrain(IGrainContext context, ActorPorts ports)
    : Party(context.GrainId.Key.ToString()!, ports), IPartyGrain, IGrainBase
{
    private Departure? _departure;

    /// <inheritdoc/>
    public IGrainContext GrainContext => context;

    /// <inheritdoc/>
    protected override void OnEmpty() => (_departure ??= new Departure(this, () => IsEmpty)).Plan();
}
