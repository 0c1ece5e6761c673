using System.Buffers;
using Registry.Formats.GeoJson;
using Registry.Formats.ReferenceSystems;
using Registry.Gateway.Answers;
using Registry.Gateway.Parameters;

namespace Registry.Gateway.Collections;

/// <summary>Answers with one Feature and the links that OGC API - Features asks of it (/req/core/f-links).</summary>
public static class FeatureAnswer
{
    /// <summary>Answers with the feature.</summary>
    /// <param name="context">The request.</param>
    /// <param name="feature">The feature, finished JSON in UTF-8.</param>
    /// <param name="collection">The collection that holds it.</param>
    /// <param name="system">The reference system of its geometry.</param>
    public static Task Write(HttpContext context, byte[] feature, CollectionDescription collection, ReferenceSystem system) => JsonAnswer.Write(
        context, StatusCodes.Status200OK, JsonAnswer.GeoJson, In(system, feature), (context.Request, collection), static (json, feature, about) =>
        {
            var (request, collection) = about;
            // The members of the feature as they are, between brackets of our own: the links come after them.
            json.WriteStartObject();
            json.WriteRawValue(feature.AsSpan(1..^1), skipInputValidation: true);
            json.WriteStartArray("links"u8);
            Links.Write(json, "self", JsonAnswer.GeoJson, Links.Self(request));
            Links.Write(json, "alternate", Accepted.Html, Links.With(request, FormatParameter.Name, "html"), "This feature as a page");
            Links.Write(json, "collection", JsonAnswer.Json, collection.Address(Links.Base(request)));
            json.WriteEndArray();
            json.WriteEndObject();
        });

    private static byte[] In(ReferenceSystem system, byte[] feature)
    {
        if (system == ReferenceSystem.Crs84)
            return feature;
        var buffer = new ArrayBufferWriter<byte>(feature.Length);
        new FeatureText(system).Write(buffer, feature);
        return buffer.WrittenSpan.ToArray();
    }
}
