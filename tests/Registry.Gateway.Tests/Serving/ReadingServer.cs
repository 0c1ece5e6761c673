using System.Globalization;
using System.Text.Json;
using Registry.Core.Countries;
using Registry.Core.Law;

namespace Registry.Gateway.Tests.Serving;

/// <summary>Asks a registry as a reader does, and fills it with applications and deposits at places.</summary>
public sealed class ReadingServer : IDisposable
{
    private readonly RegistryServer _server;
    private int _deposits;

    /// <param name="server">The registry, which has been started.</param>
    public ReadingServer(RegistryServer server) => (_server, Client) = (server, server.Http());

    public static Regime Regime { get; } = Regimes.Kazakhstan;

    /// <summary>Nobody in particular.</summary>
    public HttpClient Client { get; }

    /// <summary>Files an application over a rectangle of cells.</summary>
    public Task<Reply> Apply(double west, double south, int columns = 1, int rows = 1)
    {
        var graticule = Regime.Graticule;
        var corner = graticule.CellAt(west, south);
        return _server.ApplicantA().Apply([
            .. from row in Enumerable.Range(graticule.Row(corner), rows)
               from column in Enumerable.Range(graticule.Column(corner), columns)
               select CellNames.NameOf(Regime, graticule.CellOf(row, column)),
        ]);
    }

    /// <summary>Registers a deposit of gold at a point.</summary>
    public async Task<Reply> AddDeposit(double longitude, double latitude)
    {
        var reply = await _server.Registrar().Post("/deposits", string.Create(CultureInfo.InvariantCulture, $$$"""
            {"name":"Deposit {{{++_deposits}}}","status":"prospect","geometry":{"type":"Point","coordinates":[{{{longitude}}},{{{latitude}}}]},"commodities":["gold"]}
            """));
        Assert.Equal(201, reply.Status);
        return reply;
    }

    /// <summary>Asks, and reads the answer as JSON of the status and media type that were expected.</summary>
    public async Task<JsonElement> Get(string address, int status = 200, string? mediaType = null)
    {
        using var answer = await Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{address}: {(int)answer.StatusCode} {text}");
        Assert.Equal(mediaType ?? (status == 200 ? "application/json" : "application/problem+json"), answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Asks for something that is refused, and gives the parameter that is named.</summary>
    public async Task<string?> Refused(string address) =>
        (await Get(address, 400)).GetProperty("errors")[0].GetProperty("pointer").GetString();

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
