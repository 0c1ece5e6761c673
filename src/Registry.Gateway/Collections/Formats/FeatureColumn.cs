using System.Text;
using Registry.Actors.Journal;

namespace Registry.Gateway.Collections.Formats;

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
    private static readonly FeatureColumn[] LicenseBlocks =
    [
        new("id", ColumnContent.Text), new("number", ColumnContent.Text), new("kind", ColumnContent.Text), new("status", ColumnContent.Text),
        new("holder.id", ColumnContent.Text), new("holder.name", ColumnContent.Text), new("holder.country", ColumnContent.Text),
        new("cellCount", ColumnContent.Integer), new("areaKm2", ColumnContent.Number), new("commodities", ColumnContent.Texts),
        new("sequence", ColumnContent.Integer), new("appliedAt", ColumnContent.Instant), new("grantedOn", ColumnContent.Text),
        new("expiresOn", ColumnContent.Text), new("version", ColumnContent.Integer),
    ];

    private static readonly FeatureColumn[] LicenseBlocksWithCells = [.. LicenseBlocks, new("cells", ColumnContent.Texts)];

    private static readonly FeatureColumn[] Deposits =
    [
        new("id", ColumnContent.Text), new("name", ColumnContent.Text), new("otherNames", ColumnContent.Texts), new("status", ColumnContent.Text),
        new("commodities", ColumnContent.Texts), new("critical", ColumnContent.Texts), new("estimates", ColumnContent.Json),
        new("licenseBlocks", ColumnContent.Texts), new("sources", ColumnContent.Texts), new("version", ColumnContent.Integer),
    ];

    private static readonly FeatureColumn[] Areas =
    [
        new("id", ColumnContent.Text), new("name", ColumnContent.Text), new("effect", ColumnContent.Text), new("bufferMetres", ColumnContent.Number),
        new("validFrom", ColumnContent.Text), new("validTo", ColumnContent.Text), new("legalBasis", ColumnContent.Text),
        new("cellCount", ColumnContent.Integer), new("version", ColumnContent.Integer),
    ];

    private static readonly FeatureColumn[] Sheets =
    [
        new("id", ColumnContent.Text), new("cells", ColumnContent.Integer), new("claimedCells", ColumnContent.Integer),
        new("objects", ColumnContent.Integer), new("holds", ColumnContent.Integer), new("epoch", ColumnContent.Integer),
    ];

    private FeatureColumn(string name, ColumnContent content)
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

    /// <summary>The columns of a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="withCells">Whether license blocks name their cells.</param>
    public static IReadOnlyList<FeatureColumn> Of(CollectionDescription collection, bool withCells) => collection.Objects switch
    {
        Collection.LicenseBlocks => withCells ? LicenseBlocksWithCells : LicenseBlocks,
        Collection.Deposits => Deposits,
        Collection.Areas => Areas,
        _ => Sheets,
    };
}
