using System.Text;

namespace Registry.Formats.Features;

/// <summary>What a column of a table of features holds.</summary>
public enum ColumnContent
{
    /// <summary>Text; dates among it.</summary>
    Text,

    /// <summary>An instant in RFC 3339.</summary>
    Instant,

    /// <summary>A whole number of up to 64 bits.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A list of texts.</summary>
    Texts,

    /// <summary>JSON of any shape.</summary>
    Json,
}

/// <summary>A column of a table of features: a property, or a member of one.</summary>
public sealed class FeatureColumn
{
    /// <summary>A column.</summary>
    /// <param name="name">The name of the property, or <c>property.member</c>.</param>
    /// <param name="content">What it holds.</param>
    public FeatureColumn(string name, ColumnContent content)
    {
        Name = name;
        Content = content;
        Path = Array.ConvertAll(name.Split('.'), Encoding.UTF8.GetBytes);
    }

    /// <summary>Its heading: the name of the property, or <c>property.member</c>.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ColumnContent Content { get; }

    /// <summary>The names that lead from the properties to the value, in UTF-8.</summary>
    internal byte[][] Path { get; }
}
