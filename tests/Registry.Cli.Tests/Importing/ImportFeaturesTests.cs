namespace Registry.Cli.Tests.Importing;

public sealed class ImportFeaturesTests : IDisposable
{
    private const string Square =
        """{"type":"Polygon","coordinates":[[[75,50],[75.1,50],[75.1,50.1],[75,50.1],[75,50]]]}""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_license_block_is_sent_with_its_cells_and_without_their_outline()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, "license-blocks", Feature(
            """ "id":"A-1","kind":"exploration","cells":["M-44-86-(10в-5а-12)"],"commodities":["lithium"],"holder":"party-1","colour":"red","note":null """, Square));

        Assert.Equal(0, import.ExitCode);
        var sent = Assert.Single(registry.Requests);
        Assert.Equal("/license-blocks", sent.Path);
        Assert.Equal("""{"kind":"exploration","cells":["M-44-86-(10в-5а-12)"],"commodities":["lithium"],"holder":"party-1"}""", sent.Body);
        Assert.Equal("1: A-1: registered", import.Lines[0]);
        Assert.Equal("Properties that were not read: colour.", import.Lines[^1]);
    }

    [Fact]
    public async Task A_license_block_without_cells_is_sent_with_its_geometry()
    {
        await using var registry = await StandInRegistry.Start();

        await Import(registry, "license-blocks", Feature(""" "kind":"mining" """, Square));

        Assert.Equal($$"""{"kind":"mining","geometry":{{Square}}}""", Assert.Single(registry.Requests).Body);
    }

    [Fact]
    public async Task A_deposit_is_sent_with_the_record_that_it_comes_from()
    {
        await using var registry = await StandInRegistry.Start();

        await Import(
            registry,
            "deposits",
            Feature(""" "id":17,"name":"Шевченко","status":"prospect","commodities":["nickel"],"otherNames":["Kundybai"] """, """{"type":"Point","coordinates":[61.5,52.25]}"""),
            "--source", "survey");

        Assert.Equal(
            """
            {"name":"Шевченко","status":"prospect","commodities":["nickel"],"otherNames":["Kundybai"],"sources":["survey#17"],"geometry":{"type":"Point","coordinates":[61.5,52.25]}}
            """,
            Assert.Single(registry.Requests).Body);
    }

    [Fact]
    public async Task Positions_in_metres_are_sent_as_degrees_where_their_system_is_named()
    {
        await using var registry = await StandInRegistry.Start();
        var feature = Feature(""" "name":"On the meridian of zone 42","status":"prospect" """, """{"type":"Point","coordinates":[500000,5316300]}""");

        Assert.Equal(0, (await Import(registry, "deposits", feature, "--crs", "EPSG:32642")).ExitCode);

        var place = Assert.Single(registry.Requests)["geometry"].GetProperty("coordinates");
        Assert.Equal(69, place[0].GetDouble(), 1e-8);
        Assert.InRange(place[1].GetDouble(), 47.99, 48.01);
    }

    [Fact]
    public async Task A_system_that_is_not_read_is_refused_and_nothing_is_sent()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, "deposits", Feature(""" "name":"x" """, """{"type":"Point","coordinates":[1,2]}"""), "--crs", "EPSG:20012");

        Assert.Equal(2, import.ExitCode);
        Assert.Contains("EPSG:20012", import.Error, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    [Fact]
    public async Task Names_and_lists_are_read_as_other_programs_write_them()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(
            registry, "deposits", Feature(""" "NAME":" Zone 42 ","Status":"prospect","commoditie":"gold;copper" """, """{"type":"Point","coordinates":[69.55,47.55]}"""));

        Assert.Equal(0, import.ExitCode);
        Assert.StartsWith("""{"name":"Zone 42","status":"prospect","commodities":["gold","copper"],""", Assert.Single(registry.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feature_at_fault_is_refused_with_the_place_and_the_others_are_registered()
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, "license-blocks",
            Feature(""" "id":"A","kind":"mining" """, """{"type":"Polygon","coordinates":[[[75,50],[75.1,50],[75.1,50.1]]]}"""),
            Feature(""" "id":"B","kind":"mining" """, Square));

        Assert.Equal(1, import.ExitCode);
        Assert.StartsWith("1: A: refused (/geometry/coordinates/0: ", import.Lines[0], StringComparison.Ordinal);
        Assert.Equal("2: B: registered", import.Lines[1]);
        Assert.Equal(1, registry.Objects);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("id")]
    [InlineData("kind")]
    [InlineData("source")]
    [InlineData("colour")]
    public async Task Half_a_character_in_a_property_does_not_end_the_import(string property)
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Import(registry, "license-blocks",
            Feature($""" "{property}":"\ud800" """, Square), Feature(""" "id":"B","kind":"mining" """, Square));

        Assert.Equal(1, import.ExitCode);
        Assert.Equal("2: B: registered", import.Lines[1]);
    }

    [Fact]
    public async Task A_feature_that_stands_twice_in_the_file_is_filed_once()
    {
        await using var registry = await StandInRegistry.Start();
        var (one, other) = (Feature(""" "id":"A","kind":"mining" """, Square), Feature(""" "id":"A","kind":"contract" """, Square));

        var import = await Import(registry, "license-blocks", one, one, other);

        Assert.Single(registry.Requests);
        Assert.Equal(
            [
                "1: A: registered",
                "2: A: merged into A (it repeats feature 1)",
                "3: A: refused (feature 1 is of the same record and says something else)",
            ],
            import.Lines[..3]);
    }

    [Fact]
    public async Task Features_without_an_id_are_not_registered_a_second_time_either()
    {
        await using var registry = await StandInRegistry.Start();
        string[] features = [Feature(""" "kind":"mining" """, Square), Feature(""" "kind":"contract" """, Square)];

        await Import(registry, "license-blocks", features);
        var second = await Import(registry, "license-blocks", [.. features.Reverse()]);

        Assert.Equal(2, registry.Objects);
        Assert.Equal("2 rows: 0 registered, 0 changed, 0 merged, 2 already there, 0 refused, 0 failed.", second.Lines[^1]);
    }

    [Fact]
    public async Task Conflicts_name_the_cells_and_who_claims_them()
    {
        await using var registry = await StandInRegistry.Start();
        var conflicts = string.Join(',', Enumerable.Range(1, 7).Select(n => $$"""{"cell":"C{{n}}","licenseBlock":"lb-9","status":"granted"}"""));
        registry.Before = (context, _) => StandInRegistry.Problem(context, 409, "ground-taken", $$""","conflicts":[{{conflicts}}]""");

        var import = await Import(registry, "license-blocks", Feature(""" "id":"A","kind":"mining" """, Square));

        Assert.Equal(1, import.ExitCode);
        Assert.Equal(
            "1: A: refused (ground-taken: C1 is lb-9's (granted); C2 is lb-9's (granted); C3 is lb-9's (granted); C4 is lb-9's (granted); "
            + "C5 is lb-9's (granted); and 2 more)",
            import.Lines[0]);
    }

    [Theory]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"kind":"mining"},"geometry":null},""")]
    [InlineData("""{"features":[{"type":"Feature","properties":{"kind":"mining"},"geometry":null}],"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:20008"}}}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Of_a_file_that_is_cut_short_or_in_other_coordinates_nothing_is_sent(string file)
    {
        await using var registry = await StandInRegistry.Start();

        var import = await Typed.Run(
            "import", "license-blocks", _directory.Write("f.geojson", file), "--url", registry.Url, "--key", "rk_test");

        Assert.Equal(2, import.ExitCode);
        Assert.StartsWith("The file cannot be read beyond byte ", import.Error, StringComparison.Ordinal);
        Assert.Empty(registry.Requests);
    }

    private Task<Typed> Import(StandInRegistry registry, string collection, params string[] featuresAndOptions)
    {
        var features = featuresAndOptions.TakeWhile(text => !text.StartsWith("--", StringComparison.Ordinal)).ToArray();
        var file = _directory.Write("f.geojson", $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""");
        return Typed.Run(
            ["import", collection, file, "--url", registry.Url, "--key", "rk_test", .. featuresAndOptions[features.Length..]]);
    }

    private static string Feature(string properties, string geometry) =>
        $$"""{"type":"Feature","properties":{{{properties}}},"geometry":{{geometry}}}""";
}
