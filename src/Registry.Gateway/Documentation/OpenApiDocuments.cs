using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Registry.Gateway.Documentation;

/// <summary>The description of the HTTP contract, in OpenAPI 3.0 and 3.1.</summary>
/// <remarks>
/// Written by hand, one file a resource under <c>OpenApi/</c>, because the contract comes before the code; a test compares it with the
/// addresses that are mapped. The files use what 3.0 and 3.1 share; the 3.1 form is derived.
/// </remarks>
public sealed class OpenApiDocuments
{
    private const string Folder = ".Documentation.OpenApi.";
    private const string Root = Folder + "document.json";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    private OpenApiDocuments(byte[] version30, byte[] version31) => (Version30, Version31) = (version30, version31);

    /// <summary>OpenAPI 3.0, JSON in UTF-8.</summary>
    public byte[] Version30 { get; }

    /// <summary>OpenAPI 3.1, JSON in UTF-8.</summary>
    public byte[] Version31 { get; }

    /// <summary>Reads the files that are built into the program.</summary>
    /// <param name="server">The address with which every path of the contract begins: absolute, or that of the document's own server.</param>
    /// <exception cref="InvalidDataException">They are no OpenAPI document, or two of them describe the same thing.</exception>
    public static async Task<OpenApiDocuments> Load(string server = "/")
    {
        var joined = Join();
        joined["servers"] = new JsonArray(new JsonObject { ["url"] = server });
        var read = OpenApiDocument.Parse(joined.ToJsonString(), OpenApiConstants.Json);
        if (read.Document is not { } document || read.Diagnostic?.Errors.Count > 0)
        {
            var faults = read.Diagnostic?.Errors.Select(fault => $"{fault.Pointer}: {fault.Message}") ?? [];
            throw new InvalidDataException($"The description of the contract is no OpenAPI document. {string.Join(" ", faults)}");
        }

        return new OpenApiDocuments(
            WithSecurity(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_0)),
            WithSecurity(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)));
    }

    /// <summary>The document with another address with which its paths begin: that of a proxy that answers under a prefix.</summary>
    /// <param name="document">The document.</param>
    /// <param name="server">The address.</param>
    public static byte[] At(byte[] document, string server)
    {
        var read = JsonNode.Parse(document)!.AsObject();
        read["servers"] = new JsonArray(new JsonObject { ["url"] = server });
        return Encoding.UTF8.GetBytes(read.ToJsonString(Readable));
    }

    // The writer leaves empty lists out; this one says that an operation needs no key.
    private static byte[] WithSecurity(string document)
    {
        var read = JsonNode.Parse(document)!.AsObject();
        foreach (var operation in Operations(read))
            operation.TryAdd("security", new JsonArray());
        return Encoding.UTF8.GetBytes(read.ToJsonString(Readable));
    }

    private static IEnumerable<JsonObject> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value).OfType<JsonObject>();

    private static JsonObject Join()
    {
        var assembly = typeof(OpenApiDocuments).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .OrderByDescending(name => name.EndsWith(Root, StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal);
        var joined = new JsonObject();
        foreach (var file in files)
            Add(joined, Read(assembly, file), file);
        CollectionPaths.Add(joined);
        Limit(joined);
        return joined;
    }

    // Whatever is asked, it may be asked too often. Only of the registry's health anybody may ask at any time.
    private static void Limit(JsonObject document)
    {
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            if (path.StartsWith("/healthz/", StringComparison.Ordinal))
                continue;
            foreach (var responses in operations!.AsObject().Select(operation => operation.Value).OfType<JsonObject>().Select(operation => operation["responses"]))
            {
                responses?.AsObject().TryAdd("429", new JsonObject { ["$ref"] = "#/components/responses/TooManyRequests" });
                if (path.Contains("/items", StringComparison.Ordinal) || path.EndsWith("/export", StringComparison.Ordinal))
                    responses?.AsObject().TryAdd("414", new JsonObject { ["$ref"] = "#/components/responses/UriTooLong" });
            }
        }
    }

    private static JsonObject Read(Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream(file)!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static void Add(JsonObject joined, JsonObject part, string file)
    {
        foreach (var (name, value) in part)
        {
            if (joined[name] is null)
                joined[name] = value!.DeepClone();
            else if (joined[name] is JsonObject known && value is JsonObject more && name is "paths" or "components" or "schemas")
                Add(joined[name]!.AsObject(), value!.AsObject(), file);
            else
                throw new InvalidDataException($"{file} describes {name}, which another file describes.");
        }
    }
}
