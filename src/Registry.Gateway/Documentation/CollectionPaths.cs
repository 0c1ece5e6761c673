using System.Text.Json.Nodes;
using Registry.Actors.Journal;
using Registry.Core.Filters.Binding;
using Registry.Gateway.Collections;

namespace Registry.Gateway.Documentation;

/// <summary>
/// A path of its own for the items of each collection, beside the one for all: <c>/collections/license-blocks/items</c>, with the queryables of
/// the collection as parameters.
/// </summary>
/// <remarks>
/// Where GDAL finds no such path, or no parameter of a property's name in it, it fetches the whole collection and filters by itself
/// (ogroapifdriver.cpp, GetQueryableAttributes).
/// </remarks>
internal static class CollectionPaths
{
    private const string Template = "/collections/{collection}/items";
    private const string Reference = "$ref";
    private const string Parameters = "#/components/parameters/";

    /// <summary>Adds the paths.</summary>
    /// <param name="document">The joined document.</param>
    public static void Add(JsonObject document)
    {
        var paths = document["paths"]!.AsObject();
        foreach (var collection in CollectionDescription.All)
        {
            var path = paths[Template]!.DeepClone().AsObject();
            var get = path["get"]!.AsObject();
            get["operationId"] = $"getItemsOf{string.Concat(collection.Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";
            get["summary"] = $"{collection.Title}, page by page";
            get["description"] = collection.Description;
            get["parameters"] = new JsonArray([.. get["parameters"]!.AsArray().Where(parameter => IsOf(collection, parameter!)).Select(parameter => parameter!.DeepClone()),
                .. collection.Queryables.All.Where(property => property.IsSimple || property.Type == QueryableType.TextArray).Select(Of)]);
            paths[Template.Replace("{collection}", collection.Id, StringComparison.Ordinal)] = path;
        }
    }

    private static bool IsOf(CollectionDescription collection, JsonNode parameter) => (string?)parameter[Reference] switch
    {
        Parameters + "collection" or Parameters + "queryables" => false,
        Parameters + "cells" => collection.Objects == Collection.LicenseBlocks,
        _ => true,
    };

    private static JsonObject Of(QueryableProperty property)
    {
        var schema = new JsonObject
        {
            ["type"] = property.Type switch { QueryableType.Number => "number", QueryableType.Integer => "integer", _ => "string" },
        };
        if (property.Type is QueryableType.Date or QueryableType.Timestamp)
            schema["format"] = property.Type == QueryableType.Date ? "date" : "date-time";
        if (property.Values.Count > 0)
            schema["enum"] = new JsonArray([.. property.Values.Select(value => JsonValue.Create(value))]);
        return new JsonObject
        {
            ["name"] = property.Name,
            ["in"] = "query",
            ["description"] = property.Type == QueryableType.TextArray ? $"{property.Description} One of them." : property.Description,
            ["schema"] = schema,
        };
    }
}
