namespace Registry.Storage;

/// <summary>Journals of releases whose entries held names and could not be published.</summary>
internal static class OldJournal
{
    /// <summary>Why such a journal is refused, and what to do.</summary>
    /// <param name="where">The database.</param>
    public static string Word(string where) =>
        $"{where} has entries of a release before the public log. They hold names, so that they cannot be published, and they are hashed, so "
        + "that they cannot be changed. Such journals were for development only: start with a new data directory or database.";
}
