using System.Text.Json;
using Registry.Formats.ReferenceSystems;

namespace Registry.Gateway.Tests.Conformance;

/// <summary>The abstract tests of OGC API - Features - Part 2, each under its own identifier.</summary>
[Collection(OneConformingRegistry.Name)]
public sealed class ReferenceSystemTests(ConformingRegistry registry)
{
    private const string Unknown = "http://www.opengis.net/def/crs/EPSG/0/27700";

    [Fact(DisplayName = "/conf/crs/crs-uri, /conf/crs/default-crs, /conf/crs/storageCrs")]
    public async Task Conf_crs_crs_uri_default_crs_and_storageCrs()
    {
        foreach (var collection in await registry.Collections())
        {
            var systems = collection.GetProperty("crs").EnumerateArray().Select(uri => uri.GetString()!).ToList();
            Assert.All(systems, uri => Assert.Matches("^http://www\\.opengis\\.net/def/crs/(OGC|EPSG)/[0-9.]+/[A-Z0-9]+$", uri));
            Assert.Contains(ConformingRegistry.Crs84, systems);
            Assert.Contains(collection.GetProperty("storageCrs").GetString(), systems);
            foreach (var code in new[] { "4326", "3857", "32639", "32640", "32641", "32642", "32643", "32644", "32645" })
                Assert.Contains($"http://www.opengis.net/def/crs/EPSG/0/{code}", systems);
        }
    }

    [Fact(DisplayName = "/conf/crs/crs-parameter, /conf/crs/crs-parameter-default, /conf/crs/crs-parameter-transform")]
    public async Task Conf_crs_crs_parameter_default_and_transform()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var plain = await registry.Get($"/collections/{id}/items?limit=1000", "application/geo+json");
            Assert.Equal($"<{ConformingRegistry.Crs84}>", plain.Headers["Content-Crs"]);
            var name = ConformingRegistry.Ids(plain.Json).First();
            var single = (await registry.Get($"/collections/{id}/items/{name}", "application/geo+json")).Json;
            foreach (var system in ReferenceSystem.All)
            {
                var many = await registry.Get($"/collections/{id}/items?limit=1000&crs={system.Uri}", "application/geo+json");
                var one = await registry.Get($"/collections/{id}/items/{name}?crs={system.Uri}", "application/geo+json");
                Assert.Equal($"<{system.Uri}>", many.Headers["Content-Crs"]);
                Assert.Equal($"<{system.Uri}>", one.Headers["Content-Crs"]);
                AssertSame(system, single, one.Json);
                foreach (var (expected, moved) in Features(plain.Json).Zip(Features(many.Json)))
                    AssertSame(system, expected, moved);
            }
        }
    }

    [Fact(DisplayName = "/conf/crs/crs-parameter-invalid, /conf/crs/bbox-crs-parameter-invalid")]
    public async Task Conf_crs_parameters_invalid()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var name = ConformingRegistry.Ids(await registry.Items(id)).First();
            foreach (var address in new[] { $"/collections/{id}/items", $"/collections/{id}/items/{name}", $"/collections/{id}/export" })
                Assert.Equal(["crs"], (await registry.Nobody.Get($"{address}?crs={Unknown}")).IsProblem(400, "malformed").Pointers);
            foreach (var address in new[] { $"/collections/{id}/items", $"/collections/{id}/export" })
            {
                Assert.Equal(
                    ["bbox-crs"], (await registry.Nobody.Get($"{address}?bbox=1,1,2,2&bbox-crs={Unknown}")).IsProblem(400, "malformed").Pointers);
            }
        }
    }

    [Fact(DisplayName = "/conf/crs/bbox-crs-parameter, /conf/crs/bbox-crs-parameter-default")]
    public async Task Conf_crs_bbox_crs_parameter_and_default()
    {
        foreach (var id in await registry.CollectionIds())
        {
            var all = Features(await registry.Items(id));
            var plain = await registry.Items(id, "limit=1000&bbox=73.01,49.01,74,50");
            Assert.Equal(
                ConformingRegistry.Ids(plain),
                ConformingRegistry.Ids(await registry.Items(id, $"limit=1000&bbox=73.01,49.01,74,50&bbox-crs={ConformingRegistry.Crs84}")));
            foreach (var system in ReferenceSystem.All)
            {
                var (west, south) = system.Project(73.01, 49.01);
                var (east, north) = system.Project(74, 50);
                var bbox = system.IsLatitudeFirst
                    ? FormattableString.Invariant($"{south},{west},{north},{east}")
                    : FormattableString.Invariant($"{west},{south},{east},{north}");
                var found = ConformingRegistry.Ids(await registry.Items(id, $"limit=1000&bbox={bbox}&bbox-crs={system.Uri}")).ToHashSet();
                // A feature whose corners all lie on one side does not touch; one with a corner inside does.
                foreach (var feature in all)
                {
                    var corners = ConformingRegistry.PositionsOf(feature).Select(position => system.Project(position.X, position.Y)).ToList();
                    var isAside = corners.All(c => c.X < west - 1) || corners.All(c => c.X > east + 1)
                        || corners.All(c => c.Y < south - 1) || corners.All(c => c.Y > north + 1);
                    var isInside = corners.Any(c => c.X > west + 1 && c.X < east - 1 && c.Y > south + 1 && c.Y < north - 1);
                    var name = feature.GetProperty("id").GetString()!;
                    if (system.IsProjected && isAside)
                        Assert.DoesNotContain(name, found);
                    if (system.IsProjected && isInside)
                        Assert.Contains(name, found);
                }

                if (!system.IsProjected)
                    Assert.Equal(ConformingRegistry.Ids(plain).ToHashSet(), found);
            }
        }
    }

    private static List<JsonElement> Features(JsonElement collection) => [.. collection.GetProperty("features").EnumerateArray()];

    /// <summary>Checks that a feature is where it is in another system, taken back to degrees: to a hundredth of a second.</summary>
    private static void AssertSame(ReferenceSystem system, JsonElement expected, JsonElement moved)
    {
        Assert.Equal(expected.GetProperty("id").GetString(), moved.GetProperty("id").GetString());
        foreach (var (here, there) in ConformingRegistry.PositionsOf(expected).Zip(ConformingRegistry.PositionsOf(moved)))
        {
            var (x, y) = system.IsLatitudeFirst ? (there.Y, there.X) : there;
            var (longitude, latitude) = system.Unproject(x, y);
            Assert.InRange(longitude - here.X, -3e-6, 3e-6);
            Assert.InRange(latitude - here.Y, -3e-6, 3e-6);
        }
    }
}
