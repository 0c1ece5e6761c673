using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Registry.Core.Filters.Binding;

/// <summary>
/// The full case folding of Unicode 15.0 (CaseFolding.txt, statuses C and F), as /req/case-insensitive-comparison/casei-function asks:
/// <c>Straße</c> and <c>STRASSE</c> fold to the same. The framework's own lower case leaves such letters apart.
/// </summary>
internal static class CaseFolding
{
    private static readonly FrozenDictionary<int, string> Folded = Read();

    /// <summary>The text without differences of case.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        Span<char> unit = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (Folded.TryGetValue(rune.Value, out var other))
                folded.Append(other);
            else
                folded.Append(unit[..rune.EncodeToUtf16(unit)]);
        }

        return folded.ToString();
    }

    private static FrozenDictionary<int, string> Read()
    {
        using var stream = typeof(CaseFolding).Assembly.GetManifestResourceStream("Registry.Core.Filters.Data.case_folding.tsv")!;
        using var reader = new StreamReader(stream);
        var folded = new Dictionary<int, string>();
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split('\t');
            folded.Add(CodePoint(columns[0]), string.Concat(columns[1].Split(' ').Select(CodePoint).Select(char.ConvertFromUtf32)));
        }

        return folded.ToFrozenDictionary();
    }

    private static int CodePoint(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
