using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Registry.Actors.Contracts;
using Registry.Grains.Figures;
using Registry.Grains.Placement;

namespace Registry.Grains.Hosting;

/// <summary>
/// A page beside the Orleans dashboard, which shows grain calls: what each silo answered without one. It asks every silo of the cluster,
/// and loads itself again every few seconds, without a script.
/// </summary>
public static class FiguresPage
{
    private const int SecondsBetweenLoads = 5;

    // Whoever looks at the page waits no longer for a silo that may be dead.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Serves the page as <c>registry</c> under the dashboard's path, which must be guarded.</summary>
    public static IEndpointConventionBuilder MapFigures(this IEndpointRouteBuilder app, string dashboard) =>
        app.MapGet($"{dashboard}/registry", static async (SheetDirectory directory) => Results.Content(Page(await Ask(directory)), "text/html; charset=utf-8"));

    private static async Task<IReadOnlyList<(string Silo, SiloFigures? Figures)>> Ask(SheetDirectory directory) =>
        await Task.WhenAll(directory.Silos().Select(async silo => (silo.Name, await Ask(silo.Sheets))));

    // Null: it does not answer.
    private static async Task<SiloFigures?> Ask(ISiloSheets silo)
    {
        try
        {
            return await GrainDispatcher.Guarded(silo.Figures).WaitAsync(AnswerLimit);
        }
        catch (Exception fault) when (fault is ActorUnavailableException or TimeoutException)
        {
            return null;
        }
    }

    private static string Page(IReadOnlyList<(string Silo, SiloFigures? Figures)> silos)
    {
        var rows = new StringBuilder();
        foreach (var (silo, figures) in silos)
        {
            rows.Append("<tr><th scope=\"row\">").Append(HtmlEncoder.Default.Encode(silo)).Append("</th>");
            if (figures is null)
                rows.Append("<td colspan=\"7\">does not answer</td>");
            else
                AppendCells(rows, figures);
            rows.Append("</tr>\n");
        }

        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="refresh" content="{{SecondsBetweenLoads}}">
            <link rel="icon" href="favicon.ico">
            <title>Questions answered without a message</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1.25rem; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { border-bottom: 1px solid #8884; padding: .3rem 1.2rem .3rem 0; text-align: right; vertical-align: bottom; }
            th:first-child { text-align: left; }
            </style>
            </head>
            <body>
            <nav><a href="./">Orleans dashboard</a></nav>
            <h1>Questions answered without a message</h1>
            <p>The Orleans dashboard counts grain calls. A silo answers questions to its own sheets and license blocks without one, so
            most questions are only here. Questions count from the silo's start; the page loads itself again every {{SecondsBetweenLoads}} seconds.</p>
            <table>
            <thead><tr><th scope="col">silo</th><th scope="col">sheets here</th><th scope="col">license blocks here</th><th scope="col">claimed cells</th><th scope="col">holds</th>
            <th scope="col">sheets asked<br>without a message</th><th scope="col">sheets asked<br>by a message</th><th scope="col">license blocks asked<br>without a message</th></tr></thead>
            <tbody>
            {{rows}}</tbody>
            </table>
            </body>
            </html>

            """;
    }

    private static void AppendCells(StringBuilder rows, SiloFigures figures)
    {
        long[] numbers =
        [
            figures.Sheets, figures.LicenseBlocks, figures.ClaimedCells, figures.Holds,
            figures.SheetsAskedNear, figures.SheetsAskedByMessage, figures.LicenseBlocksAskedNear,
        ];
        foreach (var number in numbers)
            rows.Append(CultureInfo.InvariantCulture, $"<td>{number:N0}</td>");
    }
}
