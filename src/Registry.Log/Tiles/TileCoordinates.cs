using System.Globalization;
using System.Text;

namespace Registry.Log.Tiles;

/// <summary>Names a tile of hashes or a bundle of entries of a log (c2sp.org/tlog-tiles).</summary>
/// <param name="Level">The tile's level, 0 to 63; <see cref="Entries"/> for a bundle of entries.</param>
/// <param name="Number">Its place in the level, from 0 on.</param>
/// <param name="Width">How many hashes or entries it has, 1 to 256. One with fewer than 256 is partial.</param>
public readonly record struct TileCoordinates(int Level, long Number, int Width)
{
    /// <summary>Stands for the level where a bundle of entries is named.</summary>
    public const int Entries = -1;

    /// <summary>Hashes of a full tile, entries of a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels of the tree that one level of tiles spans.</summary>
    public const int Height = 8;

    private const int MostLevel = 63;
    private const string EntriesWord = "entries";
    private const string PartialSuffix = ".p";

    // "x000" to "x999" for all but the last three of the 19 digits that a number can have.
    private const int MostNumberElements = 7;
    private const int DigitsOfElement = 3;

    /// <summary>Whether it has all the hashes or entries that it can have.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>Whether it is a bundle of entries, not a tile of hashes.</summary>
    public bool IsEntries => Level == Entries;

    /// <summary>The full tile of the same place.</summary>
    public TileCoordinates Full => this with { Width = FullWidth };

    /// <summary>The bundle that begins with an entry, in a tree of a size.</summary>
    /// <param name="first">The entry's place, a multiple of 256.</param>
    /// <param name="size">The entries of the tree.</param>
    public static TileCoordinates Bundle(long first, long size) =>
        new(Entries, first / FullWidth, WidthAt(Entries, first / FullWidth, size));

    /// <summary>How many hashes or entries the tile of a place has in a tree of a size; 0 where there is none.</summary>
    /// <param name="level">The level, or <see cref="Entries"/>.</param>
    /// <param name="number">The tile's place in the level.</param>
    /// <param name="size">The entries of the tree.</param>
    public static int WidthAt(int level, long number, long size)
    {
        var before = (Int128)number * FullWidth;
        return (int)Int128.Clamp(HashesAt(level, size) - before, 0, FullWidth);
    }

    /// <summary>Whether a tree of this size has the tile, as the full one or as the partial one that its edge is.</summary>
    /// <param name="size">The entries of the tree.</param>
    /// <remarks>A partial tile of an earlier size counts: its hashes are in the tree.</remarks>
    public bool IsWithin(long size) => Width <= WidthAt(Level, Number, size);

    /// <summary>The tiles and bundles of a tree of one size that a tree of an earlier size does not have.</summary>
    /// <param name="earlier">The entries of the earlier tree; 0 for all tiles.</param>
    /// <param name="size">The entries of the tree.</param>
    /// <returns>Bundles of entries first, then the tiles by ascending level and number.</returns>
    public static IEnumerable<TileCoordinates> NewSince(long earlier, long size)
    {
        for (var level = Entries; HashesAt(level, size) > 0; level++)
        {
            for (var number = HashesAt(level, earlier) / FullWidth; WidthAt(level, number, size) is > 0 and var width; number++)
            {
                if (width > WidthAt(level, number, earlier))
                    yield return new TileCoordinates(level, number, width);
            }
        }
    }

    /// <summary>Reads a path as <see cref="ToString"/> writes it, and nothing else: no other spelling of the same tile.</summary>
    /// <param name="path">What follows <c>tile/</c> in an address: <c>0/x001/x234/067.p/8</c> or <c>entries/000</c>.</param>
    /// <param name="tile">The tile that it names, which need not be in any tree.</param>
    public static bool TryParse(string path, out TileCoordinates tile)
    {
        tile = default;
        var elements = path.Split('/', MostNumberElements + 4);
        if (elements.Length < 2 || !TryLevel(elements[0], out var level))
            return false;
        var width = FullWidth;
        var numbers = elements.AsSpan(1);
        if (numbers.Length > 1 && numbers[^2].EndsWith(PartialSuffix, StringComparison.Ordinal))
        {
            if (!TryDecimal(numbers[^1], FullWidth - 1, out width) || width == 0)
                return false;
            numbers[^2] = numbers[^2][..^PartialSuffix.Length];
            numbers = numbers[..^1];
        }

        if (!TryNumber(numbers, out var number))
            return false;
        tile = new TileCoordinates(level, number, width);
        return true;
    }

    /// <summary>The path after <c>tile/</c>: <c>0/x001/x234/067.p/8</c> or <c>entries/000</c>.</summary>
    public override string ToString()
    {
        var path = new StringBuilder(32);
        path.Append(IsEntries ? EntriesWord : Level.ToString(CultureInfo.InvariantCulture));
        var digits = Number.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + DigitsOfElement - 1) / DigitsOfElement * DigitsOfElement, '0');
        for (var at = 0; at < digits.Length; at += DigitsOfElement)
            path.Append(at + DigitsOfElement < digits.Length ? "/x" : "/").Append(digits, at, DigitsOfElement);
        if (!IsFull)
            path.Append(PartialSuffix).Append('/').Append(CultureInfo.InvariantCulture, $"{Width}");
        return path.ToString();
    }

    // A level's hashes are over 256^level entries each; a bundle's entries are as many as the hashes of level 0.
    private static long HashesAt(int level, long size)
    {
        var shift = Math.Max(level, 0) * Height;
        return shift < 63 ? size >> shift : 0;
    }

    private static bool TryLevel(string word, out int level)
    {
        level = Entries;
        return word == EntriesWord || TryDecimal(word, MostLevel, out level);
    }

    private static bool TryNumber(ReadOnlySpan<string> elements, out long number)
    {
        number = 0;
        if (elements.Length is 0 or > MostNumberElements)
            return false;
        Int128 value = 0;
        for (var i = 0; i < elements.Length; i++)
        {
            var isLast = i == elements.Length - 1;
            var element = elements[i].AsSpan();
            if (!isLast && (element.Length == 0 || element[0] != 'x'))
                return false;
            var digits = isLast ? element : element[1..];
            if (digits.Length != DigitsOfElement || digits.ContainsAnyExceptInRange('0', '9'))
                return false;
            value = value * 1000 + int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }

        // The number has no element of zeros in front.
        if (value > long.MaxValue || (elements.Length > 1 && elements[0] == "x000"))
            return false;
        number = (long)value;
        return true;
    }

    // Digits without a zero in front, up to a value of at most three digits.
    private static bool TryDecimal(string word, int most, out int value)
    {
        value = 0;
        return word.Length is > 0 and <= 3 && !word.AsSpan().ContainsAnyExceptInRange('0', '9') && (word.Length == 1 || word[0] != '0')
            && (value = int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture)) <= most;
    }
}
