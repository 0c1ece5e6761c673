using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Gateway.Tests.Hosting;

public sealed partial class TelemetryTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // As the collector's exporter turns it into a name of Prometheus: registry.sheet.holds is registry_sheet_holds.
    private static readonly string[] Instruments =
    [
        "http.server.request.duration", "registry.journal.batch.size", "registry.journal.commit.duration",
        "registry.sheet.holds", "registry.sheet.claimed_cells", "registry.questions",
        "registry.costly.under_way", "registry.costly.bound", "registry.costly.refused", "registry.costly.spent",
    ];

    [Fact]
    public async Task Metrics_and_traces_leave_by_OTLP()
    {
        await using var collector = await MetricCollector.Start();
        var seen = Instruments.Append("POST /license-blocks/").Select(collector.Seen).ToList();
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(
            data.Path,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "100"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        using var applicant = registry.Client("dev-applicant-a");

        using var applied = await applicant.PostAsync(
            new Uri("/license-blocks", UriKind.Relative),
            new StringContent("""{"kind": "exploration", "cells": ["M-44-86-(10в-5а-12)"], "commodities": ["lithium"]}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Created, applied.StatusCode);

        await Task.WhenAll(seen).WaitAsync(Limit);
    }

    [Fact]
    public async Task Every_metric_of_the_registry_on_the_dashboard_is_one_that_it_sends()
    {
        var repository = AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/tests/", StringComparison.Ordinal)];
        using var dashboard = JsonDocument.Parse(await File.ReadAllBytesAsync($"{repository}/deploy/grafana/dashboards/registry.json"));
        var shown = Own().Matches(dashboard.RootElement.GetRawText()).Select(match => match.Value).Distinct().ToList();

        Assert.NotEmpty(shown);
        Assert.Empty(shown.Except(Instruments.Select(name => name.Replace('.', '_'))));
    }

    [GeneratedRegex("registry_(?:questions|(?:journal|sheet|costly)_[a-z_]+?(?=_bucket|_count|_sum|[^a-z_]))")]
    private static partial Regex Own();
}
