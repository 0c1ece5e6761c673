using System.Text.Json;
using Microsoft.OpenApi;
using Registry.Core;
using Registry.Core.Features;
using Registry.Gateway.Answers;
using Registry.Gateway.Documentation;

namespace Registry.Gateway.Tests.Documentation;

public class OpenApiDocumentsTests
{
    [Fact]
    public async Task Both_versions_are_sound_and_say_which_they_are()
    {
        var documents = await OpenApiDocuments.Load();
        foreach (var (bytes, version) in new[] { (documents.Version30, "3.0"), (documents.Version31, "3.1") })
        {
            var read = OpenApiDocument.Parse(System.Text.Encoding.UTF8.GetString(bytes), OpenApiConstants.Json);
            Assert.Empty(read.Diagnostic!.Errors);
            Assert.StartsWith(version, JsonDocument.Parse(bytes).RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_reference_leads_to_a_component()
    {
        var root = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement;
        var references = References(root).Distinct().ToList();
        Assert.NotEmpty(references);
        Assert.All(references, reference =>
        {
            var found = root;
            foreach (var step in reference.Split('/').Skip(1))
                Assert.True(found.TryGetProperty(step, out found), reference);
        });
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_tells_of_its_problems()
    {
        var root = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement;
        var operations = root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).ToList();
        var names = operations.Select(operation => operation.Value.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        foreach (var operation in operations.Where(operation => operation.Name is "post" or "patch"))
            Assert.True(operation.Value.GetProperty("responses").TryGetProperty("400", out _), operation.Value.GetProperty("operationId").GetString());
    }

    [Fact]
    public async Task Every_post_that_changes_the_register_takes_an_idempotency_key_and_a_key_of_the_caller()
    {
        var root = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement;
        foreach (var path in root.GetProperty("paths").EnumerateObject().Where(path => path.Name is not ("/cells/check" or "/collections/{collection}/search" or "/free-areas")))
        {
            if (!path.Value.TryGetProperty("post", out var post))
                continue;
            Assert.Contains("#/components/parameters/idempotencyKey", References(post));
            Assert.True(post.TryGetProperty("security", out _), path.Name);
        }
    }

    [Fact]
    public async Task Who_needs_no_key_is_told_so_and_every_tag_is_explained()
    {
        var documents = await OpenApiDocuments.Load();
        foreach (var bytes in new[] { documents.Version30, documents.Version31 })
        {
            var root = JsonDocument.Parse(bytes).RootElement;
            var tags = root.GetProperty("tags").EnumerateArray().ToDictionary(tag => tag.GetProperty("name").GetString()!, tag => tag.GetProperty("description").GetString());
            Assert.All(tags.Values, description => Assert.False(string.IsNullOrEmpty(description)));
            foreach (var (path, operation) in root.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation))))
            {
                Assert.True(operation.Value.TryGetProperty("security", out var security), path);
                Assert.True(operation.Name != "get" || path.StartsWith("/imports", StringComparison.Ordinal) || security.GetArrayLength() == 0, path);
                Assert.All(operation.Value.GetProperty("tags").EnumerateArray(), tag => Assert.Contains(tag.GetString()!, tags.Keys));
                Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            }

            Assert.NotEmpty(root.GetProperty("info").GetProperty("contact").GetProperty("name").GetString()!);
            Assert.StartsWith("https://", root.GetProperty("info").GetProperty("license").GetProperty("url").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_items_of_each_collection_have_its_queryables_as_parameters()
    {
        var root = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement;
        foreach (var (collection, names) in new[]
        {
            ("license-blocks", new[] { "number", "status", "holder.country", "expiresOn", "commodities" }), ("deposits", ["name", "status"]),
            ("areas", ["name", "effect", "validFrom"]), ("sheets", ["id", "claimedCells"]),
        })
        {
            var parameters = root.GetProperty("paths").GetProperty($"/collections/{collection}/items").GetProperty("get").GetProperty("parameters").EnumerateArray()
                .Where(parameter => parameter.TryGetProperty("name", out _)).Select(parameter => parameter.GetProperty("name").GetString()).ToList();
            Assert.All(names, name => Assert.Contains(name, parameters));
        }
    }

    [Fact]
    public async Task Kinds_and_statuses_are_listed_as_they_are_written()
    {
        var schemas = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement.GetProperty("components").GetProperty("schemas");
        Assert.Equal(Enum.GetValues<LicenseBlockKind>().Select(FeatureWriter.Name), Listed("LicenseBlockKind"));
        Assert.Equal(Enum.GetValues<LicenseBlockStatus>().Select(FeatureWriter.Name), Listed("LicenseBlockStatus"));
        Assert.All(Listed("LicenseBlockKind"), word => Assert.True(Words.TryRead<LicenseBlockKind>(word!, out _), word));

        IEnumerable<string?> Listed(string schema) =>
            schemas.GetProperty(schema).GetProperty("enum").EnumerateArray().Select(word => word.GetString());
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member.NameEquals("$ref")
            ? [member.Value.GetString()!]
            : References(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
