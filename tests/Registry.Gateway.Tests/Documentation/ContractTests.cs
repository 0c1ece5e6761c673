using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Registry.Gateway.Documentation;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Documentation;

public partial class ContractTests(RegistryServer server) : IClassFixture<RegistryServer>
{
    [Fact]
    public async Task Every_address_is_described_and_nothing_else_is()
    {
        var described = JsonDocument.Parse((await OpenApiDocuments.Load()).Version30).RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {Nameless(path.Name)}"));
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [],
                (endpoint, method) => $"{method} {Nameless("/" + endpoint.RoutePattern.RawText!.Trim('/'))}")
            .Where(address => !address.StartsWith("HEAD ", StringComparison.Ordinal)
                && !address.Contains("/development/", StringComparison.Ordinal) && !address.Contains("/dashboard", StringComparison.Ordinal));
        Assert.Equal(mapped.Distinct().Order(StringComparer.Ordinal), described.Distinct().Order(StringComparer.Ordinal));
    }

    // The items of each collection are described under its own name as well.
    private static string Nameless(string path) => Parameter().Replace(path, "{}");

    [GeneratedRegex(@"\{[^}]*\}|(?<=^/collections/)(license-blocks|deposits|areas|sheets)(?=/items$)")]
    private static partial Regex Parameter();
}
