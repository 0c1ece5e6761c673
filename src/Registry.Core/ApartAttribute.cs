namespace Registry.Core;

/// <summary>
/// A member of an event that always lies beside its entry as an object, under its SHA-256, however short it is: so that whoever knows the hash
/// finds it. Of others only what is long does.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ApartAttribute : Attribute;
