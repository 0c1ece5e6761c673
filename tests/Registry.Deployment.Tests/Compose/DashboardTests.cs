using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Deployment.Tests.Tools;

namespace Registry.Deployment.Tests.Compose;

/// <summary>Grafana's dashboard: that it asks for what is measured, under the names that the collector gives.</summary>
public sealed partial class DashboardTests
{
    // Instruments, with "_" for dots and dashes as deploy/otel/collector.yml has it: ASP.NET Core's, Orleans's, the registry's.
    private static readonly string[] Instruments =
    [
        "http_server_request_duration",
        "orleans_app_requests_latency", "orleans_app_requests_timedout", "orleans_grains",
        "registry_journal_batch_size", "registry_journal_commit_duration", "registry_sheet_holds", "registry_sheet_claimed_cells",
        "registry_questions",
        "registry_costly_under_way", "registry_costly_bound", "registry_costly_refused", "registry_costly_spent",
    ];

    private readonly JsonElement _dashboard = JsonDocument.Parse(Repository.Read("deploy", "grafana", "dashboards", "registry.json")).RootElement;

    [Fact]
    public void Every_panel_asks_for_known_instruments_at_the_provisioned_source()
    {
        var source = Yaml.Parse(Repository.Read("deploy", "grafana", "provisioning", "datasources", "prometheus.yml")).Single()
            .Items("datasources").Single().Text("uid");
        Assert.All(_dashboard.GetProperty("panels").EnumerateArray(), panel =>
        {
            Assert.Equal(source, panel.GetProperty("datasource").GetProperty("uid").GetString());
            Assert.All(Expressions(panel), expression => Assert.All(Asked(expression), name => Assert.Contains(name, Instruments)));
        });
    }

    [Fact]
    public void Every_instrument_is_shown() =>
        Assert.Empty(Instruments.Except(_dashboard.GetProperty("panels").EnumerateArray().SelectMany(Expressions).SelectMany(Asked)));

    [Fact]
    public void The_collector_leaves_the_names_alone()
    {
        var collector = Yaml.Parse(Repository.Read("deploy", "otel", "collector.yml")).Single();
        Assert.Equal("false", collector.Text("exporters", "prometheus", "add_metric_suffixes"));
        Assert.Equal("true", collector.Text("exporters", "prometheus", "resource_to_telemetry_conversion", "enabled"));
    }

    private static IEnumerable<string> Expressions(JsonElement panel) =>
        panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!);

    private static IEnumerable<string> Asked(string expression) =>
        Metric().Matches(expression).Select(match => Part().Replace(match.Value, ""));

    [GeneratedRegex(@"\b(?:http_server|orleans|registry)_\w+")]
    private static partial Regex Metric();

    [GeneratedRegex("_(?:bucket|count|sum)$")]
    private static partial Regex Part();
}
