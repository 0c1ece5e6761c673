namespace Registry.Cli;

/// <summary>Text that came from a file or over the network, made fit for a line on a terminal.</summary>
internal static class PlainText
{
    /// <summary>The text without control characters, which could move the cursor or hide what was written.</summary>
    public static string Of(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;
}
