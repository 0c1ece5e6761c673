using System.Text.Json;
using Microsoft.OpenApi;
using Registry.Core.Features;
using Registry.Core.Titles;
using Registry.Gateway.Documentation;
using Registry.Gateway.Writing;

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
