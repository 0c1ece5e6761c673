using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Registry.Gateway.Answers;

/// <summary>Writes links as OGC API - Features wants them: absolute, with relation and media type.</summary>
public static class Links
{
    /// <summary>
    /// The address of the registry, without a slash at its end: its public one where that is set, else the one under which the caller
    /// reached it.
    /// </summary>
    public static string Base(HttpRequest request) => request.HttpContext.Features.Get<PublicAddress>()?.Url
        ?? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}";

    /// <summary>An address of the registry for the header <c>Location</c>: absolute where the public address is set.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path, from the registry's own root.</param>
    public static string Location(HttpRequest request, string path) =>
        (request.HttpContext.Features.Get<PublicAddress>()?.Url ?? request.PathBase.ToUriComponent()) + path;

    /// <summary>The address that the caller asked for, with its query.</summary>
    public static string Self(HttpRequest request) => Base(request) + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();

    /// <summary>The address that the caller asked for, with one parameter given another value.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">Its value.</param>
    /// <param name="without">A parameter that is left out; null for none.</param>
    public static string With(HttpRequest request, string parameter, string value, string? without = null)
    {
        var query = new System.Text.StringBuilder(Base(request)).Append(request.Path.ToUriComponent()).Append('?');
        foreach (var pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            var name = pair.DecodeName().Span;
            if (!name.SequenceEqual(parameter) && !name.SequenceEqual(without))
                query.Append(pair.EncodedName).Append('=').Append(pair.EncodedValue).Append('&');
        }

        return query.Append(parameter).Append('=').Append(value).ToString();
    }

    /// <summary>Writes one link object.</summary>
    public static void Write(Utf8JsonWriter json, string relation, string mediaType, string address, string? title = null)
    {
        json.WriteStartObject();
        json.WriteString("rel"u8, relation);
        json.WriteString("type"u8, mediaType);
        json.WriteString("href"u8, address);
        if (title is not null)
            json.WriteString("title"u8, title);
        json.WriteEndObject();
    }
}
