using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Registry.Core.Ground;
using Registry.Core.Ground.Codes;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Gateway.Tests.Hosting;

/// <summary>Nobody learns what somebody is about to file: nothing that leaves the process but the answer names the ground that was asked for.</summary>
public sealed class GroundQuestionTests
{
    private const string Code = "M-44-86-(10в-5а-12)";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // A point in the cell, with digits that stand nowhere else, and the tile of zoom 12 around it.
    private const string Longitude = "78.858317";
    private const string Latitude = "49.625719";
    private const string Tile = "2945/1395";

    [Fact]
    public async Task Questions_about_ground_leave_no_trace_of_the_ground()
    {
        var cell = Graticule.Minute.CellAt(double.Parse(Longitude, CultureInfo.InvariantCulture), double.Parse(Latitude, CultureInfo.InvariantCulture));
        Assert.Equal(Code, KazakhCode.Instance.Format(cell));
        var alias = KazakhCode.Instance.Alias(cell);
        await using var collector = await MetricCollector.Start();
        string[] routes = ["GET /cells/at", "GET /cells/{code}", "GET /cells/free", "POST /cells/check", "GET /free-areas", "POST /free-areas",
            "GET /tiles/{z}/{x}/{y}.mvt", "GET /collections/{collection}/items"];
        var seen = routes.Select(collector.Seen).ToList();
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(
            data.Path,
            // As loud as an operator can make it: every level, scopes, and by name what the registry hushes.
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__LogLevel__Orleans", "Trace"),
            ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__Console__LogLevel__Microsoft.AspNetCore.Routing", "Trace"),
            ("Logging__Console__FormatterName", "simple"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        using var client = registry.Client("dev-applicant-a");
        using var guesser = registry.Client("no-key-of-anybody");

        var box = $"{Longitude},{Latitude},78.99,49.7";
        var polygon = $$"""{"type":"Polygon","coordinates":[[[{{Longitude}},{{Latitude}}],[78.99,{{Latitude}}],[78.99,49.7],[{{Longitude}},49.7],[{{Longitude}},{{Latitude}}]]]}""";
        string[] asked =
        [
            $"/cells/{Uri.EscapeDataString(Code)}", $"/cells/{alias}", $"/cells/{alias}x", $"/cells/at?lon={Longitude}&lat={Latitude}",
            $"/cells/at?lon={Longitude}&lat={Latitude}north", $"/cells/free?bbox={box}", $"/cells/free?bbox={box},", $"/free-areas?bbox={box}&minCells=1",
            $"/free-areas?bbox={box}", $"/tiles/12/{Tile}.mvt", $"/tiles/12/{Tile}.png", $"/collections/license-blocks/items?bbox={box}",
            $"/collections/license-blocks/items?filter=S_INTERSECTS(geometry,POINT({Longitude} {Latitude}))", $"/nothing/{alias}?at={Latitude}",
        ];
        foreach (var address in asked)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
            request.Headers.Referrer = new Uri(registry.Address, $"/?lon={Longitude}");
            using var answer = await client.SendAsync(request);
            Assert.True((int)answer.StatusCode < 500, $"{address}: {answer.StatusCode}");
            using var refused = await guesser.GetAsync(new Uri(address, UriKind.Relative));
        }

        foreach (var (address, body) in new[]
        {
            ("/cells/check", $$"""{"cells":["{{Code}}"]}"""), ("/cells/check", $$"""{"cells":["{{alias}}"]}"""),
            ("/cells/check", $$"""{"geometry":{{polygon}}}"""), ("/cells/check", $$"""{"cells":["{{Code}}"],"{{Longitude}}"}"""),
            ("/free-areas", $$"""{"geometry":{{polygon}},"minCells":1}"""), ("/free-areas", polygon),
        })
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content);
            Assert.True((int)answer.StatusCode < 500, $"{address}: {answer.StatusCode}");
        }

        await SendNoHttp(registry.Address, $"GET /cells/at?lon={Longitude}&lat={Latitude}\u0001 HTTP/1.1\r\nHost: x\r\n\r\n");
        await SendNoHttp(registry.Address, $"GET /cells/{alias} HTTP/1.1\r\nHost: x\r\nHost: {Longitude}\r\n\r\n");
        await Task.WhenAll(seen).WaitAsync(Limit);
        Assert.Equal(0, await registry.Terminate());

        string[] secrets = [Code, Uri.EscapeDataString(Code), "10в-5а", "5а-12", alias, Longitude, Latitude, Tile, cell.Key.ToString(CultureInfo.InvariantCulture)];
        var lines = registry.Said;
        // It was as loud as it was told to be, and the telemetry says what kinds of question were asked.
        Assert.Contains(lines, line => line.StartsWith("dbug: ", StringComparison.Ordinal));
        Assert.True(collector.Holds("http.server.request.duration"));
        Assert.True(collector.Holds("registry.ground_questions"));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
            Assert.False(collector.Holds(secret), $"{secret} was sent by OTLP.");
        }

        foreach (var file in Directory.EnumerateFiles(data.Path, "*", SearchOption.AllDirectories))
        {
            var kept = await File.ReadAllBytesAsync(file);
            Assert.All(secrets[..^1], secret => Assert.True(kept.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{secret} stands in {file}."));
        }
    }

    // What is no HTTP is refused by the web server itself.
    private static async Task SendNoHttp(Uri address, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
        var buffer = new byte[1024];
        while (await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(Limit) > 0)
        {
        }
    }
}
