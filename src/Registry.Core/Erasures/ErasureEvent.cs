using System.Text.Json.Serialization;

namespace Registry.Core.Erasures;

/// <summary>What was erased from beside the entries of the register, as it stands.</summary>
/// <param name="Values">How many values were erased, ever.</param>
public sealed record ErasureState(long Values)
{
    /// <summary>The state after a change.</summary>
    public static ErasureState After(ErasureState? state, ErasureEvent change) => new((state?.Values ?? 0) + ((Erased)change).Seals.Count);
}

/// <summary>A change of the list of what was erased, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Erased), "erased")]
public abstract record ErasureEvent;

/// <summary>Values beside entries were erased. Nobody can say any more what they were; the entries stay what they were.</summary>
/// <param name="Seals">The hashes that stand in their place, in 64 hexadecimal digits, in the order of entries.</param>
public sealed record Erased(IReadOnlyList<string> Seals) : ErasureEvent;
