namespace Registry.Deployment.Tests.Documents;

/// <summary>A command as its program gets it: words, and options with or without a value.</summary>
internal sealed class Words
{
    private Words(IReadOnlyList<string> plain, IReadOnlyList<(string Name, string? Value)> options) => (Plain, Options) = (plain, options);

    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Plain { get; }

    /// <summary>The options, without their dashes.</summary>
    public IReadOnlyList<(string Name, string? Value)> Options { get; }

    /// <summary>Reads a command.</summary>
    /// <param name="words">The words after the program's name.</param>
    /// <param name="withValue">The options that take the next word, where they have no '='.</param>
    /// <param name="mostPlain">After so many plain words everything is plain: what follows is another program's.</param>
    public static Words Read(IReadOnlyList<string> words, IReadOnlySet<string> withValue, int mostPlain = int.MaxValue)
    {
        var plain = new List<string>();
        var options = new List<(string, string?)>();
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                plain.AddRange(words.Skip(i + 1));
                break;
            }

            if (plain.Count >= mostPlain || words[i].Length < 2 || words[i][0] != '-')
            {
                plain.Add(words[i]);
                continue;
            }

            var parts = words[i].TrimStart('-').Split('=', 2);
            options.Add((parts[0], parts.Length == 2 ? parts[1] : withValue.Contains(parts[0]) && i + 1 < words.Count ? words[++i] : null));
        }

        return new Words(plain, options);
    }

    /// <summary>The value of an option; null where it is not there or has none.</summary>
    public string? Value(params ReadOnlySpan<string> names)
    {
        foreach (var (name, value) in Options)
        {
            if (names.Contains(name))
                return value;
        }

        return null;
    }
}
