using Registry.Actors.Ground;
using Registry.Actors.Imports;
using Registry.Actors.Journal;
using Registry.Core.Law;

namespace Registry.Actors;

/// <summary>What every actor needs of the world.</summary>
/// <param name="Regime">The law.</param>
/// <param name="Journal">The truth. It also appends together and keeps imports, as every journal of a database does.</param>
/// <param name="Actors">The other actors.</param>
/// <param name="Clock">The registry's clock.</param>
public sealed record ActorPorts(Regime Regime, IJournal Journal, IActors Actors, TimeProvider Clock)
{
    /// <summary>The edition of the law by which actors decide: see <see cref="LawEdition.Hash"/>.</summary>
    public string Edition { get; } = LawEdition.Of(Regime).Hash;

    /// <summary>Where the sheets of this process keep what they read of the past.</summary>
    public PastSheets PastSheets { get; init; } = new();

    /// <summary>The journal, where several entries are one transaction.</summary>
    public IJointJournal Together => (IJointJournal)Journal;

    /// <summary>The imports that the journal's database keeps.</summary>
    public IKeptImports Imports => (IKeptImports)Journal;
}
