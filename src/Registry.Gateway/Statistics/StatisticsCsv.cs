using System.Globalization;
using System.Text;
using Registry.Actors.Contracts;

namespace Registry.Gateway.Statistics;

/// <summary>The numbers as CSV (RFC 4180): a row for each collection, property, value and status.</summary>
/// <param name="Tallies">The numbers, in their order.</param>
internal sealed record StatisticsCsv(IReadOnlyList<Tally> Tallies) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = new StringBuilder("collection,by,value,status,count,cells,areaKm2\r\n");
        foreach (var tally in Tallies)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{RegisterTallies.Name(tally.Collection)},{RegisterTallies.Name(tally.By)},{Field(tally.Value)},{tally.Status},");
            text.Append(CultureInfo.InvariantCulture, $"{tally.Count},{tally.Cells},{RegisterTallies.AreaKm2(tally)}\r\n");
        }

        return Results.Text(text.ToString(), "text/csv; header=present", Encoding.UTF8).ExecuteAsync(httpContext);
    }

    private static string Field(string value) =>
        value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
}
