namespace Registry.Deployment.Tests.Tools;

/// <summary>Walks in YAML.</summary>
internal static class Yaml
{
    /// <summary>The documents of a text.</summary>
    public static IEnumerable<YamlMappingNode> Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(document => Merged(document.RootNode)).OfType<YamlMappingNode>();
    }

    // The merge key `<<`: what a mapping says itself goes before what it takes from others. YamlDotNet's own MergingParser leaves both.
    private static YamlNode Merged(YamlNode node)
    {
        if (node is YamlSequenceNode sequence)
            return new YamlSequenceNode(sequence.Select(Merged));
        if (node is not YamlMappingNode mapping)
            return node;
        var merged = new YamlMappingNode();
        foreach (var (key, value) in mapping.Where(pair => pair.Key.Text() != "<<"))
            merged.Add(key, Merged(value));
        foreach (var other in mapping.Where(pair => pair.Key.Text() == "<<").SelectMany(pair => pair.Value is YamlSequenceNode several ? several : Enumerable.Repeat(pair.Value, 1)))
        {
            foreach (var (key, value) in (YamlMappingNode)Merged(other))
            {
                if (!merged.Children.ContainsKey(key))
                    merged.Add(key, value);
            }
        }

        return merged;
    }

    /// <summary>What stands under names, one inside the other; null where one is missing.</summary>
    public static YamlNode? At(this YamlNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            node = node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
        return node;
    }

    /// <summary>A scalar as text; null where it is missing.</summary>
    public static string? Text(this YamlNode? node, params ReadOnlySpan<string> names) => (node.At(names) as YamlScalarNode)?.Value;

    /// <summary>The items of a sequence; none where it is missing.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node, params ReadOnlySpan<string> names) =>
        node.At(names) as YamlSequenceNode ?? Enumerable.Empty<YamlNode>();

    /// <summary>Names and values of a mapping whose values are scalars; empty where it is missing.</summary>
    public static IReadOnlyDictionary<string, string> Pairs(this YamlNode? node, params ReadOnlySpan<string> names) =>
        (node.At(names) as YamlMappingNode)?.Children.ToDictionary(pair => pair.Key.Text()!, pair => pair.Value.Text() ?? "") ?? [];

    /// <summary>Whether a scalar stands in quotes, and so is a string whatever it looks like.</summary>
    public static bool IsQuoted(this YamlScalarNode node) =>
        node.Style is YamlDotNet.Core.ScalarStyle.SingleQuoted or YamlDotNet.Core.ScalarStyle.DoubleQuoted
            or YamlDotNet.Core.ScalarStyle.Literal or YamlDotNet.Core.ScalarStyle.Folded;
}
