using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Registry.Log.Tree;

namespace Registry.Log.Notes;

/// <summary>What a log says about itself: that its first entries have a root (c2sp.org/tlog-checkpoint).</summary>
/// <param name="Origin">The log's name for ever.</param>
/// <param name="Size">How many entries the tree has.</param>
/// <param name="Root">The root over them.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    private const int Lines = 3;

    /// <summary>Further lines, each with its newline. A registry writes none, and nobody reads them here.</summary>
    public string Extensions { get; init; } = "";

    /// <summary>The text that is signed.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{Extensions}");

    /// <summary>Reads the text of a checkpoint.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        var lines = text.Split('\n', Lines + 1);
        if (lines.Length <= Lines || lines[0].Length == 0 || !StrictText.TryDecimal(lines[1], out var size) || !TreeHash.TryParse(lines[2], out var root))
            return false;
        var extensions = lines[Lines];
        // Each further line has letters and its newline.
        if (extensions.Length > 0 && (extensions[0] == '\n' || extensions[^1] != '\n' || extensions.Contains("\n\n", StringComparison.Ordinal)))
            return false;
        checkpoint = new Checkpoint(lines[0], size, root) { Extensions = extensions };
        return true;
    }
}
