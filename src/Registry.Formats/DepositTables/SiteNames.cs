using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Registry.Formats.DepositTables;

/// <summary>What the name of a site says: which spellings are one name, and that a name is of a plant and not of a deposit.</summary>
internal static partial class SiteNames
{
    private const int ShortestStem = 3;

    /// <summary>
    /// A form that spellings of one name share: letters and digits alone, without what differs between transliterations of Kazakh and
    /// Russian (q and k; i, j and y; vowels at the end), the ending of a Russian adjective (Shevchenkovskoe, of Shevchenko) and the
    /// word "deposit".
    /// </summary>
    /// <remarks>
    /// Coarse on purpose: rows are one deposit only when they are near each other as well. Verkhne Kayraktin, Verkhnye Kayraktin,
    /// Verkhnee Qairaqty and Verkhnekajraktinskoe come out as one.
    /// </remarks>
    public static string Folded(string name)
    {
        var plain = WithoutMarks(name);
        var letters = new StringBuilder(plain.Length);
        foreach (var letter in Generic().Replace(plain, ""))
        {
            var one = letter switch { 'q' => 'k', 'j' or 'y' => 'i', _ => letter };
            // What is doubled in one transliteration is single in another.
            if (char.IsDigit(one) || (char.IsLetter(one) && (letters.Length == 0 || letters[^1] != one)))
                letters.Append(one);
        }

        var whole = letters.ToString().Replace("ie", "e", StringComparison.Ordinal);
        var stem = Possessive().Replace(Adjective().Replace(whole, ""), "").TrimEnd('a', 'e', 'i', 'o', 'u');
        return stem.Length >= ShortestStem ? stem : whole.Length > 0 ? whole : plain;
    }

    /// <summary>The word by which a name shows itself to be of a plant: <c>Smelter</c>; null when there is none.</summary>
    public static string? PlantWord(string name) => Plant().Match(name) is { Success: true } word ? word.Value : null;

    /// <summary>The names in a field that separates them by commas or semicolons, in order, spaces put right, none twice.</summary>
    public static IReadOnlyList<string> Split(string field) =>
        [.. field.Split([',', ';']).Select(Tidied).Where(name => name.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The name after "Aka": the row itself says that it is one more name of the deposit.</summary>
    public static bool TryReadAlias(string otherName, out string alias)
    {
        var match = AlsoKnownAs().Match(otherName);
        alias = match.Success ? otherName[match.Length..] : otherName;
        return match.Success;
    }

    private static string Tidied(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string WithoutMarks(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(letter));
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"\b(deposit|mine|occurrence|prospect)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Generic();

    [GeneratedRegex("sk(oe|o|i|aia)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Adjective();

    [GeneratedRegex("(ov|ev|in)$", RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\(Facility\)|\b(Smelter|Concentrator|Refinery|Mill|Plant)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Plant();

    [GeneratedRegex(@"^a\.?k\.?a\.?\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AlsoKnownAs();
}
