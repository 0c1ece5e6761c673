using System.Text.Json;
using Registry.Actors.Journal;
using Registry.Core.Filters.Binding;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Collections;

/// <summary>
/// Answers <c>GET /collections/{collection}/schema</c>: a JSON Schema of the features, after the draft of OGC API - Features - Part 5.
/// It is made from the queryables; what no filter asks for is added here.
/// </summary>
internal static class SchemaDocument
{
    /// <summary>The relation of links to it.</summary>
    public const string Relation = "http://www.opengis.net/def/rel/ogc/1.0/schema";

    /// <summary>Answers the request.</summary>
    public static Task Answer(HttpContext context, CollectionDescription collection)
    {
        if (FormatParameter.Read(context.Request.QueryString, out _, "json") is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        return JsonAnswer.Write(
            context, StatusCodes.Status200OK, MediaTypes.Schema, collection, context.Request, static (json, collection, request) =>
            {
                json.WriteStartObject();
                json.WriteString("$schema"u8, QueryablesDocument.Dialect);
                json.WriteString("$id"u8, $"{collection.Address(Links.Base(request))}/schema");
                json.WriteString("type"u8, "object"u8);
                json.WriteString("title"u8, collection.Title);
                json.WriteString("description"u8, collection.Description);
                WriteProperties(json, collection.Queryables.All, collection.Objects);
                json.WriteEndObject();
            });
    }

    private static void WriteProperties(Utf8JsonWriter json, IEnumerable<QueryableProperty> all, Collection? objects)
    {
        json.WriteStartObject("properties"u8);
        foreach (var property in all.Where(queryable => queryable.IsShown).GroupBy(queryable => queryable.Name.Split('.')[0]))
        {
            json.WritePropertyName(property.Key);
            if (property.First().Name == property.Key)
                QueryablesDocument.Write(json, property.First(), RoleOf(property.Key));
            else
                WriteNested(json, property);
        }

        if (objects == Collection.LicenseBlocks)
            WriteArray(json, "cells", "The codes of its cells; given where they are asked for.", "string");
        if (objects == Collection.Deposits)
            WriteArray(json, "estimates", "What its reports estimate, oldest first.", "object");
        json.WriteEndObject();
    }

    private static void WriteNested(Utf8JsonWriter json, IEnumerable<QueryableProperty> members)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        json.WriteStartObject("properties"u8);
        foreach (var member in members)
        {
            var name = member.Name[(member.Name.IndexOf('.') + 1)..];
            json.WritePropertyName(name);
            QueryablesDocument.Write(json, member with { Name = name });
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, string description, string itemType)
    {
        json.WriteStartObject(name);
        json.WriteString("title"u8, name);
        json.WriteString("description"u8, description);
        json.WriteString("type"u8, "array"u8);
        json.WriteStartObject("items"u8);
        json.WriteString("type"u8, itemType);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string? RoleOf(string name) => name switch
    {
        "id" => "id",
        "geometry" => "primary-geometry",
        _ => null,
    };
}
