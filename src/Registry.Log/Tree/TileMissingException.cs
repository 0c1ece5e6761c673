namespace Registry.Log.Tree;

/// <summary>A log does not have a tile that a tree of its size has.</summary>
/// <param name="message">Which one.</param>
public sealed class TileMissingException(string message) : Exception(message);
