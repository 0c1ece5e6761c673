using Registry.Actors.Journal;
using Registry.Formats.Features;

namespace Registry.Gateway.Collections;

/// <summary>The columns of each collection in the formats that are tables.</summary>
internal static class CollectionColumns
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
