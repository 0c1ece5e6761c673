using Registry.Gateway.Problems;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Problems;

[Collection(OneServer.Name)]
public sealed class ProblemTests(RegistryServer server)
{
    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/license-blocks/lb-x/history/more")]
    [InlineData("/problems/none")]
    [InlineData("/%ff%fe")]
    public async Task An_unknown_address_is_not_found(string path) => (await server.Nobody().Get(path)).IsProblem(404, "not-found");

    [Fact]
    public async Task A_method_that_an_address_does_not_take_is_answered_with_those_that_it_takes()
    {
        var reply = await server.Nobody().Send(HttpMethod.Delete, "/license-blocks/lb-x", null);

        reply.IsProblem(405, "method-not-allowed");
        Assert.Equal("GET, HEAD", reply.Headers["Allow"]);
    }

    [Fact]
    public async Task Every_type_of_problem_is_explained_at_its_address()
    {
        foreach (var type in ProblemType.All)
        {
            var reply = await server.Nobody().Get($"/problems/{type.Slug}");
            Assert.Equal(200, reply.Status);
            Assert.Equal(type.Status, reply.Json.GetProperty("status").GetInt32());
            Assert.NotEmpty(reply.Json.GetProperty("explanation").GetString()!);
        }

        Assert.Equal(ProblemType.All.Count, ProblemType.All.Select(type => type.Slug).Distinct().Count());
    }
}
