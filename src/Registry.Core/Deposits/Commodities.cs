using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Registry.Core.Deposits;

/// <summary>
/// The names of commodities. Each has one name in the registry, in lower case, such as <c>lithium</c>, <c>baryte</c> or
/// <c>rare earth elements</c>; the spellings that sources use are read as that one.
/// </summary>
/// <remarks>
/// Names follow IUPAC (aluminium, caesium) and, for minerals, INSPIRE (baryte). The table is <c>Data/commodities.tsv</c>.
/// </remarks>
public static class Commodities
{
    private static readonly Table Known = Table.Read();

    /// <summary>Every name, in the order of the table: elements, groups, minerals and rocks.</summary>
    public static IReadOnlyList<string> Names => Known.Names;

    /// <summary>
    /// The name for a spelling: the name itself, another spelling (<c>aluminum</c>, <c>Barite</c>), an element's symbol (<c>Cu</c>),
    /// or a code of INSPIRE's CommodityCodeValue (<c>phosphateRock</c>, <c>platinumGroupMetal</c>, <c>HREE</c>).
    /// </summary>
    /// <param name="text">The spelling. Case does not matter but in symbols and INSPIRE codes; a hyphen is as good as a space.</param>
    /// <param name="name">The name; null when the spelling is of no commodity known here.</param>
    /// <returns>False for a spelling that is not known: a misspelling is not guessed at here, see <see cref="TryCorrect"/>.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out string? name) =>
        Known.BySymbol.TryGetValue(text.Trim(), out name)
        || Known.BySpelling.TryGetValue(Folded(text), out name)
        || Known.BySpelling.TryGetValue(Folded(Spaced(text)), out name);

    /// <summary>
    /// The name that a misspelling must mean: the only one within one letter (added, lost or changed), of six letters or more.
    /// <c>Neoymium</c> is neodymium.
    /// </summary>
    /// <returns>False when no name, or more than one, is so near. The caller is to report the correction, never to make it silently.</returns>
    public static bool TryCorrect(string text, [NotNullWhen(true)] out string? name)
    {
        const int shortest = 6;
        var folded = Folded(text);
        name = null;
        if (folded.Length < shortest)
            return false;
        var near = Known.BySpelling.Where(spelling => IsWithinOneLetter(folded, spelling.Key)).Select(spelling => spelling.Value);
        var meanings = near.Distinct().Take(2).ToArray();
        name = meanings is [var only] ? only : null;
        return name is not null;
    }

    private static string Folded(string text)
    {
        var words = text.Split([' ', '-', '_', '\t', '\u00A0', '\u2013'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words).ToLowerInvariant();
    }

    // INSPIRE's codes are in camel case: phosphateRock.
    private static string Spaced(string text)
    {
        var spaced = new StringBuilder(text.Length + 4);
        foreach (var letter in text)
            spaced.Append(char.IsUpper(letter) ? " " : "").Append(letter);
        return spaced.ToString();
    }

    private static bool IsWithinOneLetter(string left, string right)
    {
        if (left.Length > right.Length)
            (left, right) = (right, left);
        if (right.Length - left.Length > 1)
            return false;
        var same = left.AsSpan().CommonPrefixLength(right);
        return left.Length == right.Length
            ? same == left.Length || left.AsSpan(same + 1).SequenceEqual(right.AsSpan(same + 1))
            : left.AsSpan(same).SequenceEqual(right.AsSpan(same + 1));
    }

    private sealed record Table(
        IReadOnlyList<string> Names, IReadOnlyDictionary<string, string> BySpelling, IReadOnlyDictionary<string, string> BySymbol)
    {
        public static Table Read()
        {
            var names = new List<string>();
            var bySpelling = new Dictionary<string, string>(StringComparer.Ordinal);
            var bySymbol = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var line in DepositData.Lines("commodities.tsv"))
            {
                var fields = line.Split('\t');
                var name = fields[0];
                names.Add(name);
                bySpelling.Add(Folded(name), name);
                if (fields is [_, { Length: > 0 } symbol, ..])
                    bySymbol.Add(symbol, name);
                foreach (var spelling in fields is [_, _, var spellings] ? spellings.Split(';') : [])
                    bySpelling.Add(Folded(spelling), name);
            }

            return new Table(names, bySpelling, bySymbol);
        }
    }
}
