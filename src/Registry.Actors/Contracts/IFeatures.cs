using Registry.Actors.Journal;
using Registry.Core;
using Registry.Core.Areas;
using Registry.Core.Deposits;
using Registry.Core.Parties;
using Registry.Core.Titles;

namespace Registry.Actors.Contracts;

/// <summary>Who asks for a change, and on which terms.</summary>
/// <param name="Id">Unique to this attempt; names the holds that it takes on sheets.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Key">The idempotency key, when one was given.</param>
/// <param name="IfVersion">The version on which the caller decided, when one was given.</param>
/// <param name="Answers">The deadline that the change answers, when the registry itself asks.</param>
public sealed record Request(string Id, Caller Caller, RequestKey? Key = null, long? IfVersion = null, Deadline? Answers = null);

/// <summary>What became of a change.</summary>
/// <param name="Object">The object after the change, durable; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
/// <typeparam name="TState">The kind of object.</typeparam>
public sealed record Answer<TState>(Registered<TState>? Object, Refusal? Refusal)
    where TState : class
{
    /// <summary>Whether an earlier request with the same idempotency key made the change, and this one has changed nothing.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>A refusal.</summary>
    public static implicit operator Answer<TState>(Refusal refusal) => new(null, refusal);

    /// <summary>A change that was made.</summary>
    public static implicit operator Answer<TState>(Registered<TState> changed) => new(changed, null);
}

/// <summary>One license block.</summary>
public interface ILicenseBlock
{
    /// <summary>Carries out a command. The answer is durable, and every sheet of the ground shows it, before it is given.</summary>
    Task<Answer<LicenseBlockState>> Carry(Request request, LicenseBlockCommand command);

    /// <summary>The license block as it stands; null when nothing was filed under the id.</summary>
    Task<Registered<LicenseBlockState>?> Get();

    /// <summary>
    /// The license block as it stands, as a GeoJSON Feature in UTF-8 without its cells; null when nothing was filed under the id. Encoded
    /// once for each version; not to be changed.
    /// </summary>
    Task<byte[]?> Feature();
}

/// <summary>One deposit.</summary>
public interface IDeposit
{
    /// <summary>Registers the deposit.</summary>
    Task<Answer<DepositState>> Register(Request request, DepositState deposit);

    /// <summary>Amends what is known of it; estimates are left as they are.</summary>
    Task<Answer<DepositState>> Amend(Request request, DepositState deposit);

    /// <summary>Adds an estimate.</summary>
    Task<Answer<DepositState>> AddEstimate(Request request, Estimate estimate);

    /// <summary>The deposit as it stands; null when it was never registered.</summary>
    Task<Registered<DepositState>?> Get();
}

/// <summary>One restriction area.</summary>
public interface IArea
{
    /// <summary>Registers the area.</summary>
    Task<Answer<AreaState>> Register(Request request, AreaState area);

    /// <summary>The area as it stands; null when it was never registered.</summary>
    Task<Registered<AreaState>?> Get();
}

/// <summary>One party.</summary>
public interface IParty
{
    /// <summary>Registers the party.</summary>
    Task<Answer<PartyState>> Register(Request request, PartyState party);

    /// <summary>The party as it stands; null when it was never registered.</summary>
    Task<Registered<PartyState>?> Get();
}
