namespace Registry.Log;

/// <summary>What was shown is well formed, but does not prove what it should.</summary>
/// <param name="message">Why not, for a reader who holds a receipt.</param>
public sealed class NotProvenException(string message) : Exception(message);
