using System.Text.Json;

namespace Registry.Clients.Tests.Gdal;

/// <summary>GDAL leaves conditions on attributes to the registry, and gives the rows that the registry's own filter gives.</summary>
[Collection(OneCountry.Name)]
public sealed class FilterTests(FullCountry country)
{
    [GdalTheory]
    [InlineData("expiresOn < '2027/01/01 00:00:00'", "expiresOn < DATE('2027-01-01')")]
    [InlineData("expiresOn > '2030/01/01 00:00:00'", "expiresOn > DATE('2030-01-01')")]
    [InlineData("expiresOn >= '2032/01/01 12:00:00'", "expiresOn > DATE('2032-01-01')")]
    [InlineData("grantedOn <= '2026/06/30 00:00:00'", "grantedOn <= DATE('2026-06-30')")]
    [InlineData("appliedAt >= '2026/01/01 00:00:00' AND appliedAt < '2026/02/01 00:00:00'", "appliedAt >= TIMESTAMP('2026-01-01T00:00:00Z') AND appliedAt < TIMESTAMP('2026-02-01T00:00:00Z')")]
    [InlineData("expiresOn > '2030/01/01 00:00:00' AND status = 'granted' AND cellCount > 50", "expiresOn > DATE('2030-01-01') AND status = 'granted' AND cellCount > 50")]
    [InlineData("status = 'granted' OR cellCount > 150", "status = 'granted' OR cellCount > 150")]
    [InlineData("NOT (status = 'granted')", "NOT (status = 'granted')")]
    [InlineData("status <> 'granted' AND kind = 'exploration'", "status <> 'granted' AND kind = 'exploration'")]
    [InlineData("number IS NULL", "number IS NULL")]
    [InlineData("areaKm2 BETWEEN 10.5 AND 20.25", "areaKm2 BETWEEN 10.5 AND 20.25")]
    public async Task A_condition_gives_the_rows_of_the_registrys_filter(string where, string filter)
    {
        var own = JsonDocument.Parse(await country.Client.GetStringAsync(
            new Uri($"/collections/license-blocks/items?limit=1&filter={Uri.EscapeDataString(filter)}", UriKind.Relative))).RootElement;
        var rows = await Rows("license-blocks", where, "PAGE_SIZE=10000");
        Assert.Equal(own.GetProperty("numberMatched").GetInt32(), rows.Output.Length - 1);
        // One page to know the fields by, and one with the rows, or a few.
        Assert.InRange(rows.Requests.Count(request => request.Contains("items?", StringComparison.Ordinal)), 2, 5);
        Assert.DoesNotContain(rows.Requests, request => request.Contains("datetime=", StringComparison.Ordinal));
    }

    [GdalFact]
    public async Task One_title_by_its_number_is_one_question()
    {
        var items = JsonDocument.Parse(await country.Client.GetStringAsync(
            new Uri("/collections/license-blocks/items?limit=1&filter=NOT number IS NULL", UriKind.Relative))).RootElement;
        var number = items.GetProperty("features")[0].GetProperty("properties").GetProperty("number").GetString();
        var rows = await Rows("license-blocks", $"number = '{number}'");
        Assert.Equal(2, rows.Output.Length);
        Assert.InRange(rows.Requests.Count(request => request.Contains("items?", StringComparison.Ordinal)), 1, 2);
    }

    private async Task<(string[] Output, IReadOnlyList<string> Requests)> Rows(string collection, string where, params string[] options)
    {
        var (output, requests) = await GdalTools.Watch(
            "ogr2ogr", ["-f", "CSV", "/vsistdout/", $"OAPIF:{country.Root}", collection, "-where", where, "-select", "id", .. options.SelectMany(option => new[] { "-oo", option })]);
        return (output.Split('\n', StringSplitOptions.RemoveEmptyEntries), requests);
    }
}
