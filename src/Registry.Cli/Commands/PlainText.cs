using Registry.Core;

namespace Registry.Cli.Commands;

/// <summary>Text that came from a file or over the network, made fit for a line on a terminal.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text with a blank for each character that could move the cursor, hide what was written or show it in another order.
    /// </summary>
    public static string Of(string text) => text.EnumerateRunes().Any(FreeText.IsHidden)
        ? string.Concat(text.EnumerateRunes().Select(rune => FreeText.IsHidden(rune) ? " " : rune.ToString()))
        : text;
}
