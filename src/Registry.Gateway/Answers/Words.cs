using System.Collections.Frozen;
using System.Text.Json;

namespace Registry.Gateway.Answers;

/// <summary>How values of an enumeration are written in the HTTP contract: camelCase.</summary>
public static class Words
{
    /// <summary>The word for a value: <c>GeologicalStudy</c> is <c>geologicalStudy</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Table<T>.ByValue[value];

    /// <summary>Reads a word; exact, as the contract has no two spellings.</summary>
    public static bool TryRead<T>(string word, out T value)
        where T : struct, Enum => Table<T>.ByWord.TryGetValue(word, out value);

    /// <summary>Every word of the enumeration, for a person.</summary>
    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));

    private static class Table<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> ByValue =
            Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        public static readonly FrozenDictionary<string, T> ByWord =
            ByValue.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
