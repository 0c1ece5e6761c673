using System.Globalization;
using Registry.Core.Law;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests;

/// <summary>
/// The second target of the tests of addresses that read: the cluster that all acceptance tests share. What is registered here goes
/// through its gateway.
/// </summary>
public sealed partial class ReadingServer : IDisposable
{
    private readonly RegistryServer _server;
    private int _deposits;

    /// <param name="server">The cluster.</param>
    public ReadingServer(RegistryServer server)
    {
        _server = server;
        Client.BaseAddress = server.Address;
    }

    public static Regime Regime { get; } = Regimes.Find("kz")!;

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

    public async Task<Reply> AddDeposit(double longitude, double latitude)
    {
        var reply = await _server.Registrar().Post("/deposits", string.Create(CultureInfo.InvariantCulture, $$$"""
            {"name":"Deposit {{{++_deposits}}}","status":"prospect","geometry":{"type":"Point","coordinates":[{{{longitude}}},{{{latitude}}}]},"commodities":["gold"]}
            """));
        Assert.Equal(201, reply.Status);
        return reply;
    }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
