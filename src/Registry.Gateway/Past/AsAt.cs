namespace Registry.Gateway.Past;

/// <summary>A past instant that was looked up in the journal: whoever asks with it is answered as at that instant, for ever the same.</summary>
/// <param name="Instant">The instant, in UTC.</param>
/// <param name="Cut">The sequence of the last entry that is not stamped later; 0 before the first.</param>
public readonly record struct AsAt(DateTimeOffset Instant, long Cut);
