using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Core.Law;

/// <summary>The edition of a regime that was adopted last.</summary>
/// <param name="Sha256">Its name: see <see cref="LawEdition.Hash"/>.</param>
public sealed record LawState(string Sha256)
{
    /// <summary>The state after a change.</summary>
    public static LawState After(LawState? state, LawEvent change) => new(((LawAdopted)change).Sha256);
}

/// <summary>A change of the law in force, as the journal keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(LawAdopted), "adopted")]
public abstract record LawEvent;

/// <summary>An edition of the law was adopted: from here on whatever a law decides is decided by it.</summary>
/// <param name="Sha256">The name of the edition, the SHA-256 of its canonical form.</param>
/// <param name="Form">The canonical form. It lies beside the entry under that hash, however short it is.</param>
public sealed record LawAdopted(string Sha256, [property: Apart] JsonElement Form) : LawEvent;
