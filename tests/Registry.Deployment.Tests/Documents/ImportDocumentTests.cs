using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Deployment.Tests.Documents;

/// <summary>The examples of docs/examples, from their text.</summary>
public sealed partial class ImportDocumentTests
{
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
}
