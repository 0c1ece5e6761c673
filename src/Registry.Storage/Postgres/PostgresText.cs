using Registry.Actors.Journal;

namespace Registry.Storage.Postgres;

/// <summary>
/// What a text column of PostgreSQL can hold: no U+0000, and no half of a surrogate pair. What it cannot hold was never stored, so
/// a search for it finds nothing.
/// </summary>
internal static class PostgresText
{
    /// <summary>Whether a text column can hold it.</summary>
    public static bool Holds(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }

        return true;
    }

    /// <summary>The first text of an append that goes into a text column and does not fit there; null when all fit.</summary>
    public static string? Misfit(Append append)
    {
        string?[] texts = [append.Stream.Id, append.Key?.Id, append.Key?.Fingerprint];
        return Array.Find(texts, text => text is not null && !Holds(text));
    }
}
