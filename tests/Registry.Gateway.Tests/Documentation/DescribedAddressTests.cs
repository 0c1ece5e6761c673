using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Documentation;

/// <summary>
/// The contract, asked of a registry that serves it: an address that is asked by a method that none takes answers with those that it
/// takes. That nothing else is served is seen from inside (<c>ContractTests</c>).
/// </summary>
[Collection(OneServer.Name)]
public sealed partial class DescribedAddressTests(RegistryServer server)
{
    [Fact]
    public async Task Every_address_takes_the_methods_that_the_contract_describes_and_no_others()
    {
        var paths = (await server.Nobody().Get("/api")).Json.GetProperty("paths").EnumerateObject().ToList();
        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            var address = Parameter().Replace(path.Name, "1");
            var refused = await server.Nobody().Send(new HttpMethod("LOCK"), address, null);
            Assert.True(refused.Status == 405, $"{address}: {refused.Status}");
            // One address can be written by two patterns: /license-blocks/{id}/history is also /license-blocks/{id}/{action}.
            var described = paths.Where(other => IsOf(other.Name, address)).SelectMany(MethodsOf).Distinct().Order(StringComparer.Ordinal);
            // HEAD goes with GET, and is not described.
            var taken = refused.Headers["Allow"].Split(", ").Where(method => method != "HEAD").Order(StringComparer.Ordinal);
            Assert.Equal($"{path.Name} {string.Join(", ", described)}", $"{path.Name} {string.Join(", ", taken)}");
        }
    }

    private static IEnumerable<string> MethodsOf(JsonProperty path) =>
        path.Value.EnumerateObject().Select(operation => operation.Name.ToUpperInvariant());

    private static bool IsOf(string pattern, string address) =>
        Regex.IsMatch(address, $"^{string.Join("[^/]+", Parameter().Split(pattern).Select(Regex.Escape))}$");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}
