using System.Text.Json;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Imports;

/// <summary>Who listens to an import hears of it while it is under way, and not all at once at its end.</summary>
public sealed class HeldImportTests : IAsyncLifetime
{
    private readonly StalledImports _stalled = new();
    private readonly RegistryServer _server;

    public HeldImportTests() => _server = RegistryServer.With(_stalled.Stand);

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _stalled.Release();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("br, gzip")]
    public async Task The_first_event_comes_before_the_import_ends(string? acceptEncoding)
    {
        var taken = await _server.ApplicantA().Import(ImportClient.Collection(ImportClient.FreshBlock()));
        Assert.Equal(202, taken.Status);
        var import = taken.Headers["Location"];
        using var http = _server.Http();
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri($"{import}/events", UriKind.Relative));
        asked.Headers.Authorization = new("Bearer", "dev-applicant-a");
        if (acceptEncoding is not null)
            asked.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);

        using var answer = await http.SendAsync(asked, HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var first = await Next(events);

        // The import is held, so that whatever was read came before its end.
        Assert.True(first.Name == "progress", first.Data.ToString());
        Assert.Equal((0, 1), (first.Data.Count("done"), first.Data.Count("total")));
        Assert.NotEqual("done", (await _server.ApplicantA().Get(import)).Json.State());
        _stalled.Release();
        var last = first;
        while (last.Name != "end")
            last = await Next(events);
        Assert.Equal(("done", 1), (last.Data.State(), last.Data.Count("registered")));
        Assert.Null(await events.ReadLineAsync());
    }

    private static async Task<(string Name, JsonElement Data)> Next(StreamReader events)
    {
        var (name, data) = ("", default(JsonElement));
        while (await events.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = JsonDocument.Parse(line["data: ".Length..]).RootElement;
            else if (line.Length == 0 && name.Length > 0)
                return (name, data);
        }

        throw new InvalidOperationException("The events ended before the import.");
    }
}
