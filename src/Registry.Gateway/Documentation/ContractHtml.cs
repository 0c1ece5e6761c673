using System.Text.Json;
using Registry.Gateway.Answers;
using Registry.Gateway.Pages;

namespace Registry.Gateway.Documentation;

/// <summary>The HTTP contract as a page for people, made from its OpenAPI document (OGC API - Features, /req/oas30/oas-definition-1).</summary>
public static class ContractHtml
{
    /// <summary>Answers with the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="document">The OpenAPI document, JSON in UTF-8.</param>
    public static Task Write(HttpContext context, byte[] document)
    {
        using var contract = JsonDocument.Parse(document);
        return HtmlAnswer.Write(context, html =>
        {
            var root = contract.RootElement;
            html.BeginPage(Text(root.GetProperty("info"), "title"), (Links.Base(context.Request) + "/?f=html", "Registry"));
            html.Markup("<p>"u8).Link(Links.Base(context.Request) + "/api?f=json", "The same in OpenAPI 3.0", "service-desc").Markup("</p>\n"u8);
            foreach (var path in root.GetProperty("paths").EnumerateObject())
            {
                foreach (var operation in path.Value.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object))
                    WriteOperation(html, root, $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);
            }

            html.EndPage();
        });
    }

    private static void WriteOperation(HtmlWriter html, JsonElement root, string address, JsonElement operation)
    {
        html.Markup("<h2>"u8).Text(address).Markup("</h2>\n<p>"u8).Text(Text(operation, "summary")).Markup("</p>\n<dl>\n"u8);
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray().Select(parameter => Resolve(root, parameter)))
                html.Term(Text(parameter, "name"), Text(parameter, "description"));
        }

        foreach (var response in operation.GetProperty("responses").EnumerateObject())
            html.Term(response.Name, Text(Resolve(root, response.Value), "description"));
        html.Markup("</dl>\n"u8);
    }

    private static string Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var text) ? text.GetString()! : "";

    private static JsonElement Resolve(JsonElement root, JsonElement element)
    {
        if (!element.TryGetProperty("$ref", out var reference))
            return element;
        // A reference within the document: #/components/parameters/bbox
        return reference.GetString()!.Split('/').Skip(1).Aggregate(root, static (part, name) => part.GetProperty(name));
    }
}
