using System.Text.Json;
using Registry.Gateway.Tests.Imports;
using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Security;

/// <summary>Whoever opens the register's CSV in a spreadsheet runs nothing that a stranger wrote into it.</summary>
[Collection(OneServer.Name)]
public sealed class CsvFormulaTests(RegistryServer server)
{
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "=1+1")]
    [InlineData("+1+cmd|' /C calc'!A0", "@a")]
    [InlineData("-2+3", "-x")]
    [InlineData("@SUM(1+1)", "@x")]
    [InlineData("=HYPERLINK(\"http://evil\")", "+1")]
    [InlineData("Altyn;=1+1", "a;-1")]
    [InlineData("'=1", "''@")]
    public async Task A_name_or_source_is_no_formula_and_comes_back_by_an_import(string name, string source)
    {
        // A mark of this test alone, for the register is shared.
        var mark = $"{Guid.NewGuid():N}";
        var deposit = await server.Registrar().Post("/deposits", JsonSerializer.Serialize(new
        {
            name = name + mark,
            sources = new[] { source, mark },
            status = "prospect",
            geometry = JsonDocument.Parse("""{"type":"Point","coordinates":[73.5,48.5]}""").RootElement,
            commodities = new[] { "gold" },
        }));
        Assert.Equal(201, deposit.Status);

        var address = $"/collections/deposits/items?f=csv&filter={Uri.EscapeDataString($"name LIKE '%{mark}'")}";
        var csv = (await server.Nobody().Get(address)).Text;
        var row = Assert.Single(csv.Split("\r\n"), line => line.Contains(mark, StringComparison.Ordinal));

        foreach (var text in (string[])[name, source])
        {
            Assert.DoesNotContain($",{text.Replace("\"", "\"\"", StringComparison.Ordinal)}", row, StringComparison.Ordinal);
            Assert.DoesNotContain($",\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}", row, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch("[,;](\"?)[=+@-]", row);
        var import = await server.Registrar().ImportToEnd(csv, "text/csv", "collection=deposits");
        Assert.Equal(1, import.Count("registered"));
        var found = (await server.Nobody().Get(address.Replace("f=csv", "f=json", StringComparison.Ordinal))).Json.GetProperty("features");
        Assert.Equal(2, found.GetArrayLength());
        Assert.All(found.EnumerateArray(), feature =>
        {
            var properties = feature.GetProperty("properties");
            Assert.Equal(name + mark, properties.GetProperty("name").GetString());
            // A list in one field is parted at its semicolons.
            Assert.Equal(source.Split(';')[0], properties.GetProperty("sources")[0].GetString()!.Split(';')[0]);
        });
    }

    [Fact]
    public async Task A_holder_is_no_formula()
    {
        var party = await server.Registrar().Post("/parties", """{"name":"=HYPERLINK(\"http://evil\")","kind":"company","country":"KZ"}""");
        var cells = JsonSerializer.Serialize(Bodies.FreshCells(1));
        var title = await server.Registrar().Post("/license-blocks", $$"""{"kind":"exploration","cells":{{cells}},"holder":"{{party.Id}}"}""");
        Assert.Equal(201, title.Status);

        foreach (var part in (string[])["items", "export"])
        {
            var csv = (await server.Nobody().Get($"/collections/license-blocks/{part}?f=csv&holder.id={party.Id}")).Text;
            Assert.Contains(""","'=HYPERLINK(""http://evil"")",""", csv, StringComparison.Ordinal);
        }
    }
}
