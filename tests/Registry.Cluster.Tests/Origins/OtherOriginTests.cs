using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Registry.Cluster.Tests.Dashboard;
using Registry.Gateway.Tests.Acceptance;

namespace Registry.Cluster.Tests.Origins;

/// <summary>A page of another origin, in a browser: it reads items, tiles and problems with the headers that it needs, and cannot write.</summary>
public sealed class OtherOriginTests
{
    // What the page does. The tile holds the cell that is applied for.
    private const string Script = """
        async ({ root, cell }) => {
          const items = await fetch(`${root}/collections/license-blocks/items?limit=1`);
          const table = await fetch(`${root}/collections/license-blocks/items?limit=1&f=csv`);
          const tile = await fetch(`${root}/tiles/6/46/21.mvt`);
          const kept = await fetch(`${root}/tiles/6/46/21.mvt`, { cache: "no-store", headers: { "If-None-Match": tile.headers.get("ETag") } });
          const problem = await fetch(`${root}/collections/license-blocks/items?limit=abc`);
          const check = await fetch(`${root}/cells/check`, {
            method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ cells: [cell] }),
          });
          const write = await fetch(`${root}/license-blocks`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Authorization: "Bearer dev-applicant-a" },
            body: JSON.stringify({ kind: "exploration", cells: [cell], commodities: ["gold"] }),
          }).then((answer) => `answered ${answer.status}`, (fault) => fault.name);
          return JSON.stringify({
            found: (await items.json()).features.map((feature) => feature.id),
            next: table.headers.get("Link"),
            matched: table.headers.get("OGC-NumberMatched"),
            bytes: (await tile.arrayBuffer()).byteLength,
            kept: kept.status,
            problem: (await problem.json()).type,
            wouldBe: (await check.json()).wouldBe,
            write,
          });
        }
        """;

    [BrowserFact]
    public async Task A_page_reads_items_tiles_and_problems_and_cannot_write()
    {
        using var data = new TemporaryDirectory();
        await using var registry = await RegistryProcess.Start(data.Path);
        using var applicant = registry.Applicant();
        foreach (var cell in new[] { 12, 14 })
        {
            using var applied = await applicant.Apply($"origin-{cell}", [$"M-44-86-(10в-5а-{cell})"]);
            Assert.Equal(System.Net.HttpStatusCode.Created, applied.StatusCode);
        }

        await using var elsewhere = await PageElsewhere();
        await using var browser = await Browser.Start();
        var page = await browser.Page();
        await page.GotoAsync(elsewhere.Urls.Single());
        var told = JsonDocument.Parse(await page.EvaluateAsync<string>(
            Script, new { root = registry.Address.ToString().TrimEnd('/'), cell = "M-44-86-(10в-5а-16)" })).RootElement;

        Assert.Single(told.GetProperty("found").EnumerateArray());
        Assert.Contains("rel=\"next\"", told.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Equal("2", told.GetProperty("matched").GetString());
        Assert.InRange(told.GetProperty("bytes").GetInt32(), 50, 500_000);
        Assert.Equal(304, told.GetProperty("kept").GetInt32());
        Assert.Equal("/problems/malformed", told.GetProperty("problem").GetString());
        Assert.Equal("accepted", told.GetProperty("wouldBe").GetString());
        Assert.Equal("TypeError", told.GetProperty("write").GetString());
    }

    private static async Task<WebApplication> PageElsewhere()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<!doctype html><title>A map elsewhere</title>", "text/html"));
        await app.StartAsync();
        return app;
    }
}
