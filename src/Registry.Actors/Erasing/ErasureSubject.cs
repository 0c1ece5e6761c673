using Registry.Actors.Journal;

namespace Registry.Actors.Erasing;

/// <summary>Whose names and texts are to be erased. One of these is said.</summary>
/// <param name="Party">
/// The id of a party: its name wherever it stands, and the names of the keys that acted for it.
/// </param>
/// <param name="Object">An object: every name and text that its own entries ever gave it.</param>
/// <param name="Key">The name of a key, whoever's it is: wherever it acted.</param>
public sealed record ErasureSubject(string? Party, StreamId? Object, string? Key);
