namespace Registry.Core;

/// <summary>
/// A member of an event that holds a name or free text. It is kept beside the entry with a salt, and the entry, which is published for
/// ever, holds a hash of both: so it can be erased and the entry stays what it was.
/// </summary>
/// <remarks>
/// For texts and for lists; a list is kept and erased as a whole, whatever its items mark. A text of an event that is not marked is
/// published: an id, a code, a word of a list.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ErasableAttribute : Attribute;
