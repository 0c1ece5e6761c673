using System.Globalization;
using System.Text;

namespace Registry.Core;

/// <summary>
/// What texts of strangers may hold: names, sources, reasons. Whatever is not seen, or changes how what stands around it is read, is refused,
/// so that no two names look alike and differ, and none is shown in another order than it is written.
/// </summary>
/// <remarks>
/// Refused are, by Unicode's categories, controls, format characters (all of direction, zero width, U+FEFF among them), separators of lines
/// and paragraphs, private use, what is not assigned (noncharacters among them) and halves of characters; the invisible ones of other
/// categories; and U+FFFD, which says that a letter was lost. A joiner (U+200C, U+200D) is taken between letters of a script that writes with it, a Mongolian variation selector behind its letter.
/// Texts are kept as they were sent, and not normalised: what was said is what is shown.
/// </remarks>
public static class FreeText
{
    // Invisible, and of no category that says so: grapheme joiner, fillers of Hangul, inherent vowels of Khmer, variation selectors, the
    // empty pattern of Braille, the musical null.
    private static readonly (int First, int Last)[] s_invisible =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0x1D159, 0x1D159), (0xE0100, 0xE01EF),
    ];

    // Arabic to Myanmar, Khmer and Mongolian, and the supplements for scripts of India.
    private static readonly (int First, int Last)[] s_joining = [(0x0600, 0x109F), (0x1780, 0x18AF), (0xA800, 0xABFF), (0x11000, 0x11FFF)];

    /// <summary>What a text holds that it may not; null when it is as it should be.</summary>
    /// <returns>A sentence for the sender, with the code point and its place.</returns>
    public static string? FaultOf(string text)
    {
        var before = default(Rune);
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            if (rune == Rune.ReplacementChar && isWhole)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"The string has U+FFFD as character {at + 1}: it stands where a program could not read a letter. Send the text as it was before.");
            }

            if (!isWhole || (IsHidden(rune) && !IsWritten(text, at, rune, before)))
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"The string has U+{(isWhole ? rune.Value : text[at]):X4} as character {at + 1}: it is not seen, is no character, or changes how others are read.");
            }

            before = rune;
            at += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <summary>Whether a character is not seen by itself, or changes how others are shown.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        _ => rune.Value > 0x0300 && IsIn(s_invisible, rune),
    };

    // In no other place does one of these change how a word is written.
    private static bool IsWritten(string text, int at, Rune rune, Rune before) => rune.Value switch
    {
        0x200C or 0x200D => IsWriting(before) && at + 1 < text.Length && Rune.TryGetRuneAt(text, at + 1, out var after) && IsWriting(after),
        (>= 0x180B and <= 0x180D) or 0x180F => before.Value is >= 0x1820 and <= 0x18AF && !IsHidden(before),
        _ => false,
    };

    private static bool IsWriting(Rune rune) => IsIn(s_joining, rune) && !IsHidden(rune) && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsIn((int First, int Last)[] ranges, Rune rune)
    {
        foreach (var (first, last) in ranges)
        {
            if (rune.Value >= first && rune.Value <= last)
                return true;
        }

        return false;
    }
}
