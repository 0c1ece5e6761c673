namespace Registry.Formats;

/// <summary>
/// A piece of a file is not what its format says: thrown deep inside a reader and caught by it, where it becomes the fault of a feature or
/// of the file. It never leaves a reader.
/// </summary>
/// <param name="message">A sentence for the sender.</param>
public sealed class SourceException(string message) : Exception(message);
