using Registry.Core.Deposits;

namespace Registry.Formats.DepositTables;

/// <summary>Reads the commodities of a row, and says what of them it did not take as written.</summary>
internal static class RowCommodities
{
    /// <summary>The commodities, each once, in the order of the row.</summary>
    /// <param name="field">Names separated by semicolons, in any spelling that <see cref="Commodities"/> reads.</param>
    /// <param name="changes">
    /// What was corrected or left out is added. A mere other spelling, such as <c>Cobalt</c> or <c>barite</c>, is no change.
    /// </param>
    public static IReadOnlyList<string> Read(string field, ICollection<string> changes)
    {
        var spellings = field.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var written = new HashSet<string>();
        var names = new List<string>();
        var corrections = new List<(string Spelling, string Name)>();
        foreach (var spelling in spellings)
        {
            if (Commodities.TryRead(spelling, out var name))
            {
                names.Add(name);
                if (!written.Add(name))
                    changes.Add($"'{spelling}' repeats {name} and is counted once");
            }
            else if (Commodities.TryCorrect(spelling, out name))
            {
                names.Add(name);
                corrections.Add((spelling, name));
            }
            else
            {
                changes.Add($"'{spelling}' is no commodity and is left out");
            }
        }

        foreach (var (spelling, name) in corrections)
            changes.Add($"'{spelling}' is read as {name}{(written.Contains(name) ? ", which the row names already" : "")}");
        return [.. names.Distinct()];
    }
}
