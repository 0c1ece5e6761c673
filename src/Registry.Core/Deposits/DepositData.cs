using System.Text;

namespace Registry.Core.Deposits;

/// <summary>The data files of this folder, embedded; their origin and licences are in <c>Data/README.md</c>.</summary>
internal static class DepositData
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">No such file is embedded: a fault of the build.</exception>
    public static Stream Open(string file) =>
        typeof(DepositData).Assembly.GetManifestResourceStream($"Registry.Core.Deposits.Data.{file}")
        ?? throw new FileNotFoundException("Not embedded.", file);

    /// <summary>The lines of a text file, without those that start with <c>#</c>.</summary>
    public static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(Open(file), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                yield return line;
        }
    }
}
