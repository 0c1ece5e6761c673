using System.Globalization;
using System.Text;
using Registry.Core;
using Registry.Core.Filters;
using Registry.Core.Filters.Text;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Costs;

/// <summary>Filters that would keep a processor busy for minutes end with <c>too-costly</c>; those that people write do not.</summary>
[Collection(OneServer.Name)]
public sealed class FilterBudgetTests(RegistryServer server)
{
    [Theory]
    [InlineData("s_touches", 70.5)]
    [InlineData("s_equals", 71.5)]
    [InlineData("s_disjoint", 72.5)]
    [InlineData("s_crosses", 73.5)]
    public async Task Hundreds_of_relations_to_an_intricate_deposit_are_too_costly(string relation, double longitude)
    {
        var registered = await server.Registrar().Post(
            "/deposits", $$"""{"name":"Intricate","status":"prospect","geometry":{{Star(longitude, 47.5, 15_000)}},"commodities":["gold"]}""");
        Assert.True(registered.Status == 201, registered.Text);
        // None of them is true, so that all are put to the deposit.
        var condition = $$"""{"op":"{{relation}}","args":[{"property":"geometry"},{{Star(longitude, 47.5, 20)}}]}""";

        var reply = await server.Nobody().Post(
            "/collections/deposits/search", $$$"""{"filter":{"op":"or","args":[{{{string.Join(',', Enumerable.Repeat(condition, 900))}}}]}}""");

        reply.IsProblem(422, "too-costly");
    }

    [Theory]
    [InlineData("status = 'granted' AND A_OVERLAPS(commodities, ('lithium', 'tungsten'))")]
    [InlineData("S_INTERSECTS(geometry, POLYGON((66 43, 78 43, 78 50, 66 43))) AND T_BEFORE(expiresOn, DATE('2035-01-01'))")]
    [InlineData("CASEI(holder.name) LIKE CASEI('%metals%') AND areaKm2 BETWEEN 10 AND 50")]
    public void What_people_write_is_put_to_all_sheets_at_once(string filter) =>
        Assert.False(FilterWeight.Of(FilterText.Read(filter).Filter).IsCostly);

    [Fact]
    public void A_heavy_filter_is_put_to_one_sheet_after_another()
    {
        var condition = "S_TOUCHES(geometry, POLYGON((66 43, 78 43, 78 50, 66 43)))";
        var weight = FilterWeight.Of(FilterText.Read(string.Join(" OR ", Enumerable.Repeat(condition, 300))).Filter);

        Assert.Equal((300, 1_200), (weight.Relations, weight.Positions));
        Assert.True(weight.IsCostly);
        Assert.True(weight.Once < WorkBudget.OfRequest);
    }

    // A ring that goes in and out, as a body's geometry.
    private static string Star(double longitude, double latitude, int positions)
    {
        var text = new StringBuilder("""{"type":"Polygon","coordinates":[[""");
        for (var i = 0; i <= positions; i++)
        {
            var (angle, radius) = (i % positions * 2 * Math.PI / positions, i % 2 == 0 ? 0.2 : 0.19);
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}[{longitude + (radius * Math.Cos(angle)):F7},{latitude + (radius * Math.Sin(angle)):F7}]");
        }

        return text.Append("]]}").ToString();
    }
}
