using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Deployment.Tests.Documents;

/// <summary>The examples of docs/http.md and docs/examples, from their text: what is to be typed is typed, and what is to be sent is sent.</summary>
public sealed partial class ImportDocumentTests
{
    private const string Http = "docs/http.md";
    private const string Examples = "docs/examples/README.md";
    private const string Address = "http://127.0.0.1:5080";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    [DocumentFact("curl")]
    public async Task A_file_of_each_format_is_imported_as_the_examples_say()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var shell = new Shell();
        foreach (var file in Directory.GetFiles(Repository.PathOf("docs/examples")))
            File.Copy(file, Path.Combine(shell.Here, Path.GetFileName(file)));

        var block = Assert.Single(FencedBlock.Of(Examples));
        var answer = shell.Run(block.Text.Replace(Address, Root(registry), StringComparison.Ordinal));

        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Equal(Enumerable.Repeat("202", 9), shell.Statuses());
        using var client = Client(registry, "dev-registrar");
        var registered = new List<int>();
        foreach (Match location in Location().Matches(answer.Output))
            registered.Add(await Registered(client, location.Groups[1].Value));
        Assert.Equal([3, 3, 3, 3, 3, 3, 3, 2, 2], registered);

        // The same places in every format, whatever system and encoding they came in.
        var deposits = JsonDocument.Parse(await client.GetStringAsync("/collections/deposits/items?limit=100")).RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.All(deposits, deposit => Assert.Contains(Place(deposit), new[] { (71.0512, 49.0527), (71.2308, 49.1144), (70.9461, 48.9872) }));
        Assert.Equal(7, deposits.Count(deposit => Name(deposit).StartsWith("Akshoky ", StringComparison.Ordinal)));
        Assert.Equal(["Караой № 8", "Тасбулак Южный № 8"], deposits.Select(Name).Where(name => name.EndsWith("№ 8", StringComparison.Ordinal)).Order());
        Assert.All(deposits, deposit => Assert.NotEqual(0, deposit.GetProperty("properties").GetProperty("commodities").GetArrayLength()));
    }

    [DocumentFact("curl", "ogr2ogr")]
    public async Task The_commands_and_bodies_of_the_page_on_HTTP_do_what_it_says()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var shell = new Shell();
        // A file of a format that is not read, in a zone; with what the examples apply for.
        var made = shell.Run($"ogr2ogr -t_srs EPSG:32642 -f 'MapInfo File' claims.tab '{Repository.PathOf("docs/examples/claims.geojson")}'");
        Assert.True(made.ExitCode == 0, made.Errors);
        var text = Repository.Read(Http);
        var (typed, filters, bodies) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var block in FencedBlock.Of(Http))
        {
            if (block.Language == "json")
                bodies.Add(block.Text);
            else if (Command().IsMatch(block.Text))
                typed.Add(block.Text);
            else
                filters.AddRange(block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        typed.AddRange(Indented().Matches(text).Select(match => match.Groups[1].Value));
        // None of them was overlooked.
        Assert.Equal((1, 6), (bodies.Count, typed.Count));
        Assert.Equal(3, filters.Count);

        using var registrar = Client(registry, "dev-registrar");
        using var deposit = new StringContent("""{"name": "Akshoky", "status": "prospect", "geometry": {"type": "Point", "coordinates": [70.9, 48.9]}}""", new MediaTypeHeaderValue("application/json"));
        using var kept = await registrar.PostAsync(new Uri("/deposits", UriKind.Relative), deposit);
        Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync());
        using var applicant = Client(registry, "dev-applicant-a");
        foreach (var body in bodies)
        {
            using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            using var created = await applicant.PostAsync(new Uri("/license-blocks", UriKind.Relative), content);
            Assert.True(created.StatusCode == System.Net.HttpStatusCode.Created, $"{body}: {await created.Content.ReadAsStringAsync()}");
            // GDAL knows the fields that the features have: those of a title, once one is granted.
            using var grant = new HttpRequestMessage(HttpMethod.Post, $"{created.Headers.Location}/grant");
            grant.Headers.IfMatch.Add(created.Headers.ETag!);
            using var granted = await registrar.SendAsync(grant);
            Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync());
        }

        foreach (var filter in filters)
        {
            using var found = await applicant.GetAsync(new Uri($"/collections/license-blocks/items?filter={Uri.EscapeDataString(filter)}", UriKind.Relative));
            Assert.True(found.IsSuccessStatusCode, $"{filter}: {await found.Content.ReadAsStringAsync()}");
        }

        foreach (var command in typed)
        {
            var answer = shell.Run(command.Replace(Address, Root(registry), StringComparison.Ordinal).Replace("Bearer KEY", "Bearer dev-applicant-a", StringComparison.Ordinal));
            Assert.True(answer.ExitCode == 0, $"{command}: {answer.Errors}");
            if (command.Contains("/imports?", StringComparison.Ordinal))
                Assert.Equal(2, await Registered(applicant, $"/imports/{JsonDocument.Parse(answer.Output).RootElement.GetProperty("id").GetString()}"));
        }

        Assert.Equal(["202", "200"], shell.Statuses());
        Assert.All((string[])["out.gpkg", "out.kml", "out.shz", "titles.gpkg", "titles.fgb"], file => Assert.True(new FileInfo(Path.Combine(shell.Here, file)).Length > 0, file));
    }

    // How many features an import registered; it registered all.
    private static async Task<int> Registered(HttpClient client, string location)
    {
        var import = new Uri(location, UriKind.RelativeOrAbsolute);
        var path = import.IsAbsoluteUri ? import.PathAndQuery : location;
        // The events end with the import.
        await client.GetStringAsync($"{path}/events");
        var state = JsonDocument.Parse(await client.GetStringAsync(path)).RootElement;
        Assert.True(state.GetProperty("state").GetString() == "done" && state.GetProperty("refused").GetInt32() == 0, state.ToString());
        return state.GetProperty("registered").GetInt32();
    }

    private static HttpClient Client(RegistryProcess registry, string key)
    {
        var client = new HttpClient { BaseAddress = registry.Address, Timeout = s_limit };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static string Root(RegistryProcess registry) => registry.Address.AbsoluteUri.TrimEnd('/');

    private static string Name(JsonElement deposit) => deposit.GetProperty("properties").GetProperty("name").GetString()!;

    // To a metre: the parameters of Pulkovo lead back to some centimetres of where they came from.
    private static (double Longitude, double Latitude) Place(JsonElement deposit)
    {
        var place = deposit.GetProperty("geometry").GetProperty("coordinates");
        return (Nearest(place[0].GetDouble()), Nearest(place[1].GetDouble()));

        static double Nearest(double degrees)
        {
            var near = Math.Round(degrees, 4);
            return Math.Abs(degrees - near) < 1e-6 ? near : degrees;
        }
    }

    [GeneratedRegex(@"^[Ll]ocation: (\S+)", RegexOptions.Multiline)]
    private static partial Regex Location();

    [GeneratedRegex("^(?:curl|ogr2ogr) ", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^ {4}((?:curl|ogr2ogr|ogrinfo) .*)$", RegexOptions.Multiline)]
    private static partial Regex Indented();
}
