using Registry.Actors.Contracts;
using Registry.Actors.Ground;
using Registry.Actors.Journal;
using Registry.Core.Law;

namespace Registry.Actors;

/// <summary>What an actor is given to work with.</summary>
/// <param name="Regime">The law.</param>
/// <param name="Journal">The truth.</param>
/// <param name="Actors">The other actors.</param>
/// <param name="Clock">The registry's clock.</param>
public sealed record ActorPorts(Regime Regime, IJournal Journal, IActors Actors, TimeProvider Clock)
{
    /// <summary>The edition of the law by which actors decide: see <see cref="LawEdition.Hash"/>.</summary>
    public string Edition { get; } = LawEdition.Of(Regime).Hash;

    /// <summary>Where the sheets of this process keep what they read of the past.</summary>
    public PastSheets PastSheets { get; init; } = new();
}
