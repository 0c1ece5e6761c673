namespace Registry.Formats.Csv;

/// <summary>Fields of a table of comma-separated values (RFC 4180).</summary>
public static class CsvText
{
    /// <summary>
    /// A text as a field that no spreadsheet runs as a formula: one that begins with <c>=</c>, <c>+</c>, <c>-</c> or <c>@</c>, or with a tab
    /// or a line end, has an apostrophe before it.
    /// </summary>
    public static string Guarded(string text)
    {
        if (text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r' or '\n'))
            text = $"'{text}";
        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
