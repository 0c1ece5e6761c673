namespace Registry.Core.Ground.Codes;

/// <summary>Why a Latin letter cannot stand for a section or sub-section of the Kazakh code: it has more than one reading.</summary>
internal static class LatinForCyrillic
{
    /// <summary>A sentence that refuses the letter and names its readings.</summary>
    /// <param name="letter">A Latin letter, in either case.</param>
    public static string Refusal(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        var readings = new Dictionary<char, string>(3);
        var place = lower - 'a';
        if (place < KazakhPlace.Letters.Length)
            readings.Add(KazakhPlace.Letters[place], $"letter {place + 1} of the alphabet");
        if (BySound(lower) is { } sound)
            readings.TryAdd(sound, "by its sound");
        if (ByShape(letter) is { } shape)
            readings.TryAdd(shape, "by its shape");
        return readings.Count == 0
            ? $"The letter {letter} is Latin; sections and sub-sections are named by Cyrillic letters."
            : $"The letter {letter} is Latin and may mean {string.Join(" or ", readings.Select(reading => $"{reading.Key} ({reading.Value})"))}; write it in Cyrillic.";
    }

    private static char? BySound(char latin) => latin switch
    {
        'a' => 'а',
        'b' => 'б',
        'v' or 'w' => 'в',
        'g' => 'г',
        'd' => 'д',
        'e' => 'е',
        _ => null,
    };

    private static char? ByShape(char latin) => latin switch
    {
        'a' or 'A' => 'а',
        'B' => 'в',
        'r' => 'г',
        'g' => 'д',
        'e' or 'E' => 'е',
        _ => null,
    };
}
