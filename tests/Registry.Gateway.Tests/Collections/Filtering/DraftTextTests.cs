using Registry.Gateway.Tests.Serving;

namespace Registry.Gateway.Tests.Collections.Filtering;

/// <summary>Filters as GDAL's driver of OGC API - Features writes them, in the text of the standard's drafts.</summary>
[Collection(OneServer.Name)]
public sealed class DraftTextTests(RegistryServer server)
{
    [Theory]
    [InlineData("expiresOn < '{0}T00:00:00Z'", false)]
    [InlineData("expiresOn <= '{0}T00:00:00Z'", true)]
    [InlineData("expiresOn < '{0}T12:00:00Z'", true)]
    [InlineData("expiresOn >= '{0}T00:00:00Z'", true)]
    [InlineData("expiresOn >= '{0}T00:00:01Z'", false)]
    [InlineData("expiresOn > '{0}T'", false)]
    [InlineData("expiresOn = '{0}'", true)]
    [InlineData("(appliedAt > '2001-01-01T00:00:00Z') AND (appliedAt < '2999-01-01T00:00:00Z')", true)]
    [InlineData("NOT (appliedAt > '2001-01-01T00:00:00Z')", false)]
    [InlineData("(number IS NULL) OR (appliedAt < '2001-01-01T')", false)]
    [InlineData("kind ILIKE 'EXPLOR%'", true)]
    [InlineData("kind LIKE 'EXPLOR%'", false)]
    [InlineData("status <> 'granted'", false)]
    public async Task Times_are_texts(string filter, bool passes)
    {
        var title = await server.ApplicantA().Apply(Bodies.FreshCells(1));
        var granted = await server.Registrar().Act(title.Id, "grant");
        filter = string.Format(System.Globalization.CultureInfo.InvariantCulture, filter, granted.Properties.GetProperty("expiresOn").GetString());
        var reply = await server.Nobody().Get(
            $"/collections/license-blocks/items?filter-lang=cql-text&id={title.Id}&filter={Uri.EscapeDataString(filter)}");
        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(passes ? 1 : 0, reply.Json.GetProperty("numberMatched").GetInt32());
    }

    [Theory]
    [InlineData("expiresOn < 'soon'")]
    [InlineData("colour = 'red'")]
    [InlineData("expiresOn <")]
    public async Task What_cannot_be_compared_is_refused(string filter) => Assert.Equal(
        ["filter"],
        (await server.Nobody().Get($"/collections/license-blocks/items?filter-lang=cql-text&filter={Uri.EscapeDataString(filter)}")).IsProblem(400, "malformed").Pointers);
}
