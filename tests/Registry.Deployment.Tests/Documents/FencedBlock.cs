using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Documents;

/// <summary>A block of a document between two fences.</summary>
/// <param name="Document">The document's path in the repository.</param>
/// <param name="Line">The line on which its text begins, from 1.</param>
/// <param name="Language">What stands after the fence; empty for nothing.</param>
/// <param name="Text">Its text.</param>
internal sealed record FencedBlock(string Document, int Line, string Language, string Text)
{
    private const string Fence = "```";

    /// <summary>The blocks of a document, in order.</summary>
    public static IReadOnlyList<FencedBlock> Of(string document)
    {
        var lines = Repository.Read(document).Split('\n');
        var blocks = new List<FencedBlock>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line == Fence);
            blocks.Add(new FencedBlock(document, i + 2, lines[i][Fence.Length..], string.Join('\n', lines[(i + 1)..end]) + '\n'));
            i = end;
        }

        return blocks;
    }
}
