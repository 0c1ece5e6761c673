using System.Buffers;
using System.Text;

namespace Registry.Formats.Csv;

/// <summary>
/// Keeps spreadsheets from taking a text for a formula: a <c>'</c> before a leading <c>=</c>, <c>+</c>, <c>-</c>, <c>@</c>, tab or carriage
/// return, at the beginning of a field and behind each <c>;</c> in it, where some spreadsheets part fields too. A text that has the <c>'</c>
/// already gets one more, so that taking one off gives every text back.
/// </summary>
public static class CsvGuard
{
    private const char Guard = '\'';
    private const char Separator = ';';
    private const string Leading = "=+-@\t\r";

    private static readonly SearchValues<byte> s_leading = SearchValues.Create("=+-@\t\r"u8);

    /// <summary>Whether a text, in UTF-8, is another one when it is guarded.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAny(s_leading))
            return false;
        foreach (var part in text.Split((byte)Separator))
        {
            if (text[part].TrimStart((byte)Guard) is [var first, ..] && s_leading.Contains(first))
                return true;
        }

        return false;
    }

    /// <summary>The text guarded.</summary>
    public static byte[] Put(ReadOnlySpan<byte> text) => Encoding.UTF8.GetBytes(
        string.Join(Separator, Encoding.UTF8.GetString(text).Split(Separator).Select(part => IsFormula(part) ? Guard + part : part)));

    /// <summary>The text that was guarded.</summary>
    public static string TakeOff(string text) => !text.Contains(Guard, StringComparison.Ordinal)
        ? text
        : string.Join(Separator, text.Split(Separator).Select(part => part.StartsWith(Guard) && IsFormula(part) ? part[1..] : part));

    private static bool IsFormula(string part) => part.TrimStart(Guard) is [var first, ..] && Leading.Contains(first, StringComparison.Ordinal);
}
