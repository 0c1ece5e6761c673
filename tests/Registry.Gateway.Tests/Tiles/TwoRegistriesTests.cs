using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Tiles;

/// <summary>Two registries of the same country, one after the other at the same address for all that a browser knows.</summary>
public sealed class TwoRegistriesTests : IAsyncLifetime
{
    private readonly RegistryServer[] _servers = [new(), new()];

    public Task InitializeAsync() => Task.WhenAll(_servers.Select(server => server.InitializeAsync()));

    public Task DisposeAsync() => Task.WhenAll(_servers.Select(server => server.DisposeAsync()));

    [Fact]
    public async Task The_tile_of_one_is_not_taken_for_the_same_tile_of_the_other_though_their_sheets_changed_as_often()
    {
        var tags = new List<string?>();
        foreach (var (server, cell) in _servers.Zip([Bodies.CodeAt(48 * 60, 70 * 60), Bodies.CodeAt(49 * 60, 71 * 60)]))
        {
            await server.ApplicantA().Apply(cell);
            // All of M-42 and more.
            tags.Add((await server.Nobody().Get("/tiles/4/11/5.mvt")).ETag);
        }

        Assert.All(tags, Assert.NotNull);
        Assert.NotEqual(tags[0], tags[1]);
        Assert.Equal(200, (await _servers[1].Nobody().Get("/tiles/4/11/5.mvt", tags[0])).Status);
        Assert.Equal(304, (await _servers[1].Nobody().Get("/tiles/4/11/5.mvt", tags[1])).Status);
    }
}
