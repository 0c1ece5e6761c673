using System.Text;

namespace Registry.Formats.DepositTables;

/// <summary>
/// Published records that are known to be wrong in a way that nothing in the table shows. The list is <c>Data/known_faults.tsv</c>:
/// to add one is a line of data.
/// </summary>
internal static class KnownFaults
{
    private static readonly Dictionary<string, string> ByRecord = Load();

    /// <summary>Why a record is not to be taken, a clause for a person; null when nothing is known against it.</summary>
    public static string? Of(SourceRecord record) => ByRecord.GetValueOrDefault(record.ToString());

    private static Dictionary<string, string> Load()
    {
        const string name = "Registry.Formats.DepositTables.Data.known_faults.tsv";
        using var stream = typeof(KnownFaults).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException("Not embedded.", name);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var faults = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#') && line.Split('\t') is [var record, var why])
                faults.Add(record, why);
        }

        return faults;
    }
}
