using System.Text.Json;
using Registry.Core.Filters.Binding;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;
using Registry.Gateway.Problems;

namespace Registry.Gateway.Collections;

/// <summary>Answers <c>GET /collections/{collection}/queryables</c> (OGC API - Features - Part 3, 19-079r2, 6.3): a JSON Schema.</summary>
internal static class QueryablesDocument
{
    /// <summary>The relation of links to it.</summary>
    public const string Relation = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

    /// <summary>The version of JSON Schema that the standard asks for.</summary>
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>Answers the request.</summary>
    public static Task Answer(HttpContext context, CollectionDescription collection)
    {
        if (FormatParameter.Read(context.Request.QueryString, out _, "json") is { } fault)
            return fault.ToProblem().ExecuteAsync(context);
        return JsonAnswer.Write(context, StatusCodes.Status200OK, MediaTypes.Schema, collection, context.Request, static (json, collection, request) =>
        {
            json.WriteStartObject();
            json.WriteString("$schema"u8, Dialect);
            json.WriteString("$id"u8, $"{collection.Address(Links.Base(request))}/queryables");
            json.WriteString("type"u8, "object"u8);
            json.WriteString("title"u8, collection.Title);
            json.WriteStartObject("properties"u8);
            foreach (var queryable in collection.Queryables.All)
            {
                json.WritePropertyName(queryable.Name);
                Write(json, queryable);
            }

            json.WriteEndObject();
            json.WriteBoolean("additionalProperties"u8, false);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the schema of one property.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="queryable">The property.</param>
    /// <param name="role">Its role in a feature (<c>x-ogc-role</c>); null for none.</param>
    public static void Write(Utf8JsonWriter json, QueryableProperty queryable, string? role = null)
    {
        json.WriteStartObject();
        json.WriteString("title"u8, queryable.Name);
        json.WriteString("description"u8, queryable.Description);
        var (type, format) = queryable.Type switch
        {
            QueryableType.Text => ("string", null),
            QueryableType.Number => ("number", null),
            QueryableType.Integer => ("integer", null),
            QueryableType.Date => ("string", "date"),
            QueryableType.Timestamp => ("string", "date-time"),
            QueryableType.TextArray => ("array", null),
            // Spatial properties have no type (/req/queryables/get-queryables-response D).
            QueryableType.Surface => (null, "geometry-polygon-or-multipolygon"),
            _ => ((string?)null, "geometry-any"),
        };
        if (type is not null)
            json.WriteString("type"u8, type);
        if (format is not null)
            json.WriteString("format"u8, format);
        if (queryable.Type == QueryableType.TextArray)
        {
            json.WriteStartObject("items"u8);
            json.WriteString("type"u8, "string"u8);
            json.WriteEndObject();
        }

        if (queryable.Values.Count > 0)
        {
            json.WriteStartArray("enum"u8);
            foreach (var value in queryable.Values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }

        if (role is not null)
            json.WriteString("x-ogc-role"u8, role);
        json.WriteEndObject();
    }
}
