namespace Registry.Clients.Tests;

/// <summary>An export of everything takes no more memory than one of a part.</summary>
[Collection(OneCountry.Name)]
public sealed class MemoryTests(FullCountry country)
{
    private const long MostBytes = 50_000_000;

    [Theory]
    [InlineData("geojson")]
    [InlineData("fgb")]
    [InlineData("csv")]
    public async Task The_registry_grows_by_less_than_50_MB_while_it_exports_every_license_block(string format)
    {
        await Export("sheets", format);
        var before = country.Process.ResidentBytes;
        var exported = await Export("license-blocks", format);
        Assert.True(exported > 5_000_000);
        Assert.InRange(country.Process.ResidentBytes - before, long.MinValue, MostBytes);
    }

    private async Task<long> Export(string collection, string format)
    {
        await using var source = await country.Client.GetStreamAsync(new Uri($"/collections/{collection}/export?f={format}", UriKind.Relative));
        var buffer = new byte[64 * 1024];
        var length = 0L;
        while (await source.ReadAsync(buffer) is var count and > 0)
            length += count;
        return length;
    }
}
