using System.Text.Json;
using Registry.Actors.Ground.Filtering;
using Registry.Actors.Journal;
using Registry.Core.Filters.Binding;
using Registry.Core.Ground;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Collections.Filtering;
using Registry.Gateway.Collections.Formats;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections;

/// <summary>One collection as OGC API - Features describes it (Part 1, 7.13 and 7.14).</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What is in it, in a sentence.</param>
/// <param name="Objects">Which objects its features are; null for the sheets, which are no objects of the journal.</param>
public sealed record CollectionDescription(string Id, string Title, string Description, Collection? Objects)
{
    /// <summary>The sheets of the jurisdiction.</summary>
    public static CollectionDescription Sheets { get; } = new(
        "sheets", "Sheets", "The sheets of the map 1:1,000,000 on which the jurisdiction has ground, with what each holds in numbers.", null);

    /// <summary>Every collection, in the order in which they are listed.</summary>
    public static IReadOnlyList<CollectionDescription> All { get; } =
    [
        Of(Collection.LicenseBlocks, "License blocks", "Applications for ground and titles over it, with their outlines, holders and terms."),
        Of(Collection.Deposits, "Deposits", "Mineral occurrences, prospects and deposits, with their commodities and estimates."),
        Of(Collection.Areas, "Restriction areas", "Ground on which titles are barred, need a consent or carry a condition."),
        Sheets,
    ];

    /// <summary>The collection of a name; null when there is none.</summary>
    public static CollectionDescription? Find(string id) => All.FirstOrDefault(collection => collection.Id == id);

    /// <summary>By what its features are filtered.</summary>
    public Queryables Queryables => Objects is { } objects ? ObjectQueryables.Of(objects) : SheetFigure.Queryables;

    /// <summary>The address of the collection.</summary>
    /// <param name="root">The address of the registry.</param>
    public string Address(string root) => $"{root}/collections/{Id}";

    /// <summary>Writes the collection's description.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="extent">The rectangle around the jurisdiction's sheets.</param>
    /// <param name="root">The address of the registry.</param>
    public void Write(Utf8JsonWriter json, BoundingBox extent, string root)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("title"u8, Title);
        json.WriteString("description"u8, Description);
        json.WriteString("itemType"u8, "feature"u8);
        WriteExtent(json, extent);
        json.WriteStartArray("crs"u8);
        foreach (var system in ReferenceSystem.All)
            json.WriteStringValue(system.Uri);
        json.WriteEndArray();
        json.WriteString("storageCrs"u8, ReferenceSystem.Crs84.Uri);
        json.WriteStartArray("links"u8);
        Links.Write(json, "self", JsonAnswer.Json, Address(root), Title);
        Links.Write(json, "alternate", Accepted.Html, $"{Address(root)}?f=html", $"{Title} as a page");
        Links.Write(json, QueryablesDocument.Relation, MediaTypes.Schema, $"{Address(root)}/queryables", $"By what {Title} are filtered");
        Links.Write(json, SchemaDocument.Relation, MediaTypes.Schema, $"{Address(root)}/schema", $"The schema of {Title}");
        foreach (var format in FeatureFormat.OfItems)
            Links.Write(json, "items", format.MediaType, $"{Address(root)}/items?f={format.Name}", $"{Title} as {format.Title}");
        foreach (var format in FeatureFormat.OfExport)
            Links.Write(json, "enclosure", format.MediaType, $"{Address(root)}/export?f={format.Name}", $"All {Title} as {format.Title}");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The temporal extent is left out: the features are the register as it stands and have no temporal geometry.
    private static void WriteExtent(Utf8JsonWriter json, BoundingBox extent)
    {
        json.WriteStartObject("extent"u8);
        json.WriteStartObject("spatial"u8);
        json.WriteStartArray("bbox"u8);
        json.WriteStartArray();
        json.WriteNumberValue(extent.West);
        json.WriteNumberValue(extent.South);
        json.WriteNumberValue(extent.East);
        json.WriteNumberValue(extent.North);
        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteString("crs"u8, ReferenceSystem.Crs84.Uri);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static CollectionDescription Of(Collection objects, string title, string description) =>
        new(StreamId.NameOf(objects), title, description, objects);
}
